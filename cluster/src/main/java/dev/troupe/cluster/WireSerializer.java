package dev.troupe.cluster;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import dev.troupe.codec.DamageException;
import java.io.NotSerializableException;

/** Makes {@link WireCodec} known to Akka, which creates it by its name in the configuration. */
public final class WireSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 772_001;

  private final ExtendedActorSystem system;
  private final WireCodec codec;

  /** Called by Akka. */
  public WireSerializer(ExtendedActorSystem system) {
    this.system = system;
    this.codec =
        new WireCodec(
            worker -> resolver().toSerializationFormat(worker),
            text -> resolver().resolveActorRef(text));
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return WireCodec.manifest(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return codec.encode(message);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return codec.decode(manifest, bytes);
    } catch (DamageException e) {
      throw new NotSerializableException("A message '%s': %s".formatted(manifest, e.getMessage()));
    }
  }
}
