package bpfmc.explorer.cli;

import bpfmc.model.InputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that a reader sees the old one or the whole new one, never a part: beside the target first, then moved there. */
final class FileOutput {
    private FileOutput() {}

    /**
     * Fails before hours of work what would fail after them.
     *
     * @throws InputException when the file can surely not be written
     */
    static void probe(Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw unwritable(file, "it is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw unwritable(file, "there is no folder " + folder);
        }
        if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(folder)) {
            throw unwritable(file, "permission denied");
        }
    }

    /** @throws InputException when the file cannot be written; then the old one is as it was */
    static void write(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) || file.toAbsolutePath().startsWith("/dev")) {
                Files.writeString(file, text, StandardOpenOption.WRITE);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file, text);
            }
        } catch (IOException e) {
            throw unwritable(file, reason(e));
        }
    }

    /** Adds to the end of a file that a reader may read meanwhile. @throws InputException when that fails */
    static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(file, reason(e));
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = folder(file).resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    private static InputException unwritable(Path file, String why) {
        return new InputException("output file " + file + ": cannot be written (" + why + ")");
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
