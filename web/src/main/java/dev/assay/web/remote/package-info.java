/**
 * A running server as commands meet it: found, trusted, and asked with a token. {@link
 * dev.assay.web.remote.RemoteServer} is the door.
 */
@NullMarked
package dev.assay.web.remote;

import org.jspecify.annotations.NullMarked;
