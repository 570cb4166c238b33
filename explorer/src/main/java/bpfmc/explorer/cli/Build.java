package bpfmc.explorer.cli;

import bpfmc.explorer.report.Origin;
import java.nio.file.Path;

/** Which bpfmc this is. */
final class Build {
    private Build() {}

    static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** {@return the lines of {@code --version}} */
    static String[] words() {
        return new String[] {"bpfmc " + version()};
    }

    /** {@return what reports say of their making, in this working folder} */
    static Origin origin() {
        return new Origin(version(), Path.of("").toAbsolutePath());
    }
}
