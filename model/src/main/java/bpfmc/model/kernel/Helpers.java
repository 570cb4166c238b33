package bpfmc.model.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** All helpers of the newest kernel, from {@code helpers.txt}, read once. */
public final class Helpers {
    private static final ImmutableList<Helper> ALL = read();

    private Helpers() {}

    /** {@return the helper with this number, empty when the kernel has none} */
    public static Optional<Helper> byId(int id) {
        return id >= 1 && id <= ALL.size() ? Optional.of(ALL.get(id - 1)) : Optional.empty();
    }

    /** {@return the helper of this name, which is without "bpf_"; empty when the kernel has none} */
    public static Optional<Helper> byName(String name) {
        return ALL.detectOptional(helper -> helper.name().equals(name));
    }

    /** {@return all helpers; number n is at index n - 1} */
    public static ImmutableList<Helper> all() {
        return ALL;
    }

    private static ImmutableList<Helper> read() {
        MutableList<Helper> helpers = Lists.mutable.empty();
        try (var in = new BufferedReader(new InputStreamReader(
                Helpers.class.getResourceAsStream("helpers.txt"), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    helpers.add(parse(line.split(" ")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return helpers.toImmutable();
    }

    private static Helper parse(String[] words) {
        MutableList<Helper.Argument> arguments = Lists.mutable.empty();
        MutableSet<Helper.Effect> effects = Sets.mutable.empty();
        for (int i = 3; i < words.length; i++) {
            String word = words[i].toUpperCase(Locale.ROOT);
            if (word.startsWith("!")) {
                effects.add(Helper.Effect.valueOf(word.substring(1)));
            } else {
                arguments.add(Helper.Argument.valueOf(word));
            }
        }
        Helper.Result result = Helper.Result.valueOf(words[2].toUpperCase(Locale.ROOT));
        return new Helper(Integer.parseInt(words[0]), words[1], result,
                arguments.toImmutable(), effects.toImmutable());
    }
}
