package bpfmc.explorer.report;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the show command prints, word for word: the golden text lies beside the object. */
class ObjectSummaryTest {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ObjectSummaryTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-clang19", "maps-clang19", "locked-nobtf"})
    void showsProgramsMapsAndNotes(String name) throws IOException {
        assertThat(ObjectSummary.overview(ObjectReader.read(name + ".o", resource(name + ".o"))))
                .isEqualTo(new String(resource(name + ".overview.txt"), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-clang19", "externs-clang19"})
    void showsCodeBetweenItsSourceLines(String name) throws IOException {
        assertThat(ObjectSummary.withCode(ObjectReader.read(name + ".o", resource(name + ".o"))))
                .isEqualTo(new String(resource(name + ".code.txt"), StandardCharsets.UTF_8));
    }
}
