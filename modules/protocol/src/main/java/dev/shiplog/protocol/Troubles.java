package dev.shiplog.protocol;

import dev.shiplog.domain.Trouble;
import dev.shiplog.protocol.v1.EventProto;

/** Troubles, their kind by name. */
final class Troubles {

    private Troubles() {}

    static Trouble fromProto(EventProto.Trouble message, String path) {
        return new Trouble(Names.constant(Trouble.Kind.class, message.getKind(), path + ".kind"), message.getDetail());
    }

    static EventProto.Trouble toProto(Trouble trouble) {
        return EventProto.Trouble.newBuilder()
                .setKind(trouble.kind().name())
                .setDetail(trouble.detail())
                .build();
    }
}
