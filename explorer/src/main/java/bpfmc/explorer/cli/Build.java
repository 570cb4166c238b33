package bpfmc.explorer.cli;

import bpfmc.explorer.report.Origin;
import bpfmc.model.kernel.KernelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.Manifest;

/** Which bpfmc this is. */
final class Build {
    private Build() {}

    static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** {@return the lines of {@code --version}} */
    static String[] words() {
        return new String[] {"bpfmc " + version() + ", commit " + commit(),
            "knows the lock rules of Linux up to " + KernelVersion.NEWEST,
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")};
    }

    /** {@return the commit it was built from, as the manifest of its jar says} */
    private static String commit() {
        try (InputStream in = Build.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            String commit = in == null ? null : new Manifest(in).getMainAttributes().getValue("Implementation-Commit");
            return commit == null || commit.startsWith("${") ? "not known" : commit;
        } catch (IOException e) {
            return "not known";
        }
    }

    /** {@return what reports say of their making, in this working folder} */
    static Origin origin() {
        return new Origin(version(), Path.of("").toAbsolutePath());
    }
}
