/**
 * Certificates that are read again when they change. {@link dev.assay.receiver.tls.ServerTls} is
 * the door of listeners, {@link dev.assay.receiver.tls.ClientTls} that of clients.
 */
@NullMarked
package dev.assay.receiver.tls;

import org.jspecify.annotations.NullMarked;
