package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import bpfmc.model.kernel.KernelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel that runs.
 *
 * @param text as uname tells it, "6.18.44-amd64" @param version its release, as far as rules differ between releases
 */
public record KernelRelease(String text, KernelVersion version) {
    private static final Path FILE = Path.of("/proc/sys/kernel/osrelease");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(\\.\\d+)?");

    /** {@return the release that a text names} @throws InputException when it begins with no version, or its rules are not known */
    static KernelRelease parse(String text) {
        Matcher m = NUMBERS.matcher(text);
        if (!m.lookingAt()) {
            throw new InputException("the running kernel's release '" + text + "' begins with no version");
        }
        KernelVersion version = KernelVersion.parse(m.group(1) + "." + m.group(2));
        if (!version.atLeast(KernelVersion.KNOWN.getFirst()) || !KernelVersion.NEWEST.atLeast(version)) {
            throw new InputException("Linux " + m.group() + " runs; the kernels whose lock rules are known are " + KernelVersion.KNOWN.getFirst() + " to " + KernelVersion.NEWEST);
        }
        return new KernelRelease(text, version);
    }

    static KernelRelease running() {
        try {
            return parse(Files.readString(FILE).strip());
        } catch (IOException e) {
            throw new InputException("no Linux runs here: there is no " + FILE);
        }
    }

    /** {@return its numbers: "6.18.44"} */
    public String numbers() {
        Matcher m = NUMBERS.matcher(text);
        return m.lookingAt() ? m.group() : text;
    }

    @Override
    public String toString() {
        return "Linux " + numbers();
    }
}
