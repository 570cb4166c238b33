package bpfmc.model.program.load;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/** The compiled objects of {@code src/test/resources/objects}; build.sh there makes them from the C beside them. */
final class Samples {
    private Samples() {}

    static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/objects/" + name + ".o")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BpfObject read(String name) {
        return ObjectReader.read(name + ".o", bytes(name));
    }

    /** {@return the names of all objects, bad ones left out, in the order of the build script} */
    static ImmutableList<String> all() {
        try (InputStream in = Samples.class.getResourceAsStream("/objects/build.sh")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> line.matches("build \\d+ .*")).map(line -> line.split(" ")[4]).toList();
            return Lists.immutable.ofAll(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MapDefinition map(BpfObject object, String name) {
        return object.maps().detectOptional(m -> m.name().equals(name)).orElseThrow();
    }

    static BpfProgram program(BpfObject object, String name) {
        return object.programs().detectOptional(p -> p.name().equals(name)).orElseThrow();
    }
}
