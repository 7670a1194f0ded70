package dev.troupe.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network in between, on loopback alone: passes connections on, and holds back, delays or breaks
 * those that come from an address, as long as it is told to.
 */
final class TcpProxy implements AutoCloseable {

  private static final int BUFFER = 16 * 1024;

  private final ServerSocket server;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private volatile long delayMillis;

  TcpProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    start("accept", this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Lets nothing through, either way, of connections that come from an address. */
  void hold(String address) {
    held.add(address);
  }

  /** Lets everything through again, what was held back first. */
  void heal() {
    held.clear();
    synchronized (this) {
      notifyAll();
    }
  }

  /** Lets everything arrive later. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /** Breaks all connections; new ones can be made. */
  void reset() {
    open.forEach(TcpProxy::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        start("connect", () -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    String from = client.getInetAddress().getHostAddress();
    try {
      pass(from);
      Socket there = new Socket();
      open.add(there);
      there.connect(target, 2000);
      client.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      start("up", () -> pump(client, there, from));
      pump(there, client, from);
    } catch (IOException | InterruptedException e) {
      closeQuietly(client);
      open.remove(client);
    }
  }

  private void pump(Socket source, Socket sink, String from) {
    try (InputStream in = source.getInputStream();
        OutputStream out = sink.getOutputStream()) {
      byte[] buffer = new byte[BUFFER];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        pass(from);
        if (delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // one side is gone, so the other goes as well
    } finally {
      closeQuietly(source);
      closeQuietly(sink);
      open.remove(source);
      open.remove(sink);
    }
  }

  private synchronized void pass(String from) throws InterruptedException {
    while (held.contains(from)) {
      wait();
    }
  }

  private static void start(String name, Runnable task) {
    var thread = new Thread(task, "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use any more
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    reset();
  }
}
