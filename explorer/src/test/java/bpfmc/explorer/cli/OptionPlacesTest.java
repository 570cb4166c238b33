package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a key that stands for an option is told where its word stands in the scenario file. */
class OptionPlacesTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "lock: quued; 2:7; no lock implementation 'quued'", "discipline: irq; 2:13; no lock discipline 'irq'",
        "lock-timeouts: sometimes; 2:16; not 'sometimes'", "programs: [count, countt]; 2:19; did you mean 'count'?",
        "maps: [hsh_map]; 2:8; did you mean 'hash_map'?", "context: {count: nmii}; 2:18; no level 'nmii'",
        "context: {coun: nmi}; 2:17; did you mean 'count'?", "waive: [one-lock-hold]; 2:9; did you mean 'one-lock-held'?",
        "kernel: '9.9'; 2:9; the newest kernel", "properties: [atomicty]; 2:14; no property 'atomicty'",
        "user: [update hash_map locked]; 2:8; 'locked' is not understood", "user: [delete hash_map lock]; 2:8; a delete takes no flags",
        "user: [lookup hash_map noexist]; 2:8; a lookup takes no noexist or exist"})
    void aWrongWordIsTold(String key, String place, String message, @TempDir Path folder) throws IOException {
        Path object = Path.of("../specs/lock/hash_elem.bpf.o");
        Files.copy(object, folder.resolve(object.getFileName()));
        Path file = Files.writeString(folder.resolve("one.yaml"), "object: hash_elem.bpf.o\n" + key + "\n");
        Cli run = Cli.run("check", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(file + ":" + place + ": ", message);
    }
}
