package dev.troupe.cluster;

import akka.remote.artery.tcp.SSLEngineProvider;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * TLS between members: both sides show the one certificate that all of them share, and accept no
 * other. Names and dates in it mean nothing. Thread safe.
 */
final class PinnedTls implements SSLEngineProvider {

  private static final String PROTOCOL = "TLSv1.3";
  private static final Logger log = LoggerFactory.getLogger(PinnedTls.class);

  private final SSLContext context;

  PinnedTls(Identity identity) {
    try {
      char[] password = new char[0];
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "troupe", identity.key(), password, new X509Certificate[] {identity.certificate()});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, password);
      context = SSLContext.getInstance(PROTOCOL);
      context.init(
          factory.getKeyManagers(), new TrustManager[] {new OnlyOne(identity.certificate())}, null);
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(
          "This Java cannot set up TLS: %s. Maybe use another JDK.".formatted(e.getMessage()), e);
    }
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    SSLEngine engine = engine(hostname, port);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    SSLEngine engine = engine(hostname, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private SSLEngine engine(String hostname, int port) {
    SSLEngine engine = context.createSSLEngine(hostname, port);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    return engine;
  }

  /** The trust manager has verified all there is. */
  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  /** Trusts one certificate. */
  private static final class OnlyOne extends X509ExtendedTrustManager {

    /** A stranger that comes again and again is mentioned now and then. */
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final X509Certificate certificate;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    OnlyOne(X509Certificate certificate) {
      this.certificate = certificate;
    }

    private void require(X509Certificate[] chain, String who) throws CertificateException {
      if (chain.length == 0 || !certificate.equals(chain[0])) {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET_NANOS)) {
          log.warn(
              "{} shows a certificate that is not this cluster's, and is turned away. Maybe its"
                  + " join file is that of another cluster.",
              who);
        }
        throw new CertificateException("not the certificate of this cluster");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain, "Somebody who wants to join");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      require(chain, "Whoever answers at " + engine.getPeerHost() + ":" + engine.getPeerPort());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain, "Somebody who wants to join");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      require(chain, "Whoever answers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain, "Somebody who wants to join");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain, "Whoever answers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
