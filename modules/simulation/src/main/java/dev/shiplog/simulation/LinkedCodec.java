package dev.shiplog.simulation;

import dev.shiplog.engine.stream.EventCodec;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;

/** A codec that also says by which hash an event holds on to the one before it: the checks compare it. */
interface LinkedCodec<E> extends EventCodec<E> {

    Hash previous(StoredEvent stored);
}
