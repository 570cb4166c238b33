package bpfmc.model.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.map.ImmutableMap;

/** Kernel functions that programs call by name, from {@code kfuncs.txt}, read once; those of modules are not in it. */
public final class Kfuncs {
    private static final String SLEEPS = "sleeps";
    private static final ImmutableMap<String, String> ALL = read();

    private Kfuncs() {}

    /** {@return whether the function is the kernel's own: what is said of others may be wrong} */
    public static boolean known(String name) {
        return ALL.containsKey(name);
    }

    /** {@return whether the function may sleep in a release of the kernel; false for a function that is not known} */
    public static boolean sleeps(String name, KernelVersion version) {
        String words = ALL.getOrDefault(name, "");
        return words.equals(SLEEPS)
                || words.startsWith(SLEEPS + "..") && KernelVersion.parse(words.substring(SLEEPS.length() + 2)).atLeast(version);
    }

    private static ImmutableMap<String, String> read() {
        try (InputStream in = Kfuncs.class.getResourceAsStream("kfuncs.txt")) {
            return Lists.immutable.with(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")).reject(l -> l.startsWith("#"))
                    .toMap(l -> l.split(" ")[0], l -> l.contains(" ") ? l.split(" ")[1] : "").toImmutable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
