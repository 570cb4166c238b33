package bpfmc.explorer.report;

import java.nio.file.Path;

/**
 * Who made a report, and where.
 *
 * @param version of bpfmc
 * @param folder where it ran; absolute source names below it are told relative to it
 */
public record Origin(String version, Path folder) {

    /** {@return a source file as formats for other tools name it: relative to the folder where it can be, with "/"} */
    public String source(String file) {
        Path path = Path.of(file).normalize();
        Path told = path.isAbsolute() && path.startsWith(folder) ? folder.relativize(path) : path;
        return told.toString().replace('\\', '/');
    }
}
