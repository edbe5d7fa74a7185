package io.jdocker.images.change;

import io.jdocker.images.unpack.EntryPath;
import io.jdocker.linux.FileStatus;
import java.util.Optional;

/**
 * One difference between the writable folder and the layers below it.
 *
 * @param status of the file as it is now; empty for a deleted one
 * @param opaque a folder that hides all that the layers below have in it
 * @param engines the engine alone may be the cause: a mount point, or a folder that holds one
 */
record ChangedFile(
    Change.Kind kind,
    EntryPath path,
    Optional<FileStatus> status,
    boolean opaque,
    boolean engines) {}
