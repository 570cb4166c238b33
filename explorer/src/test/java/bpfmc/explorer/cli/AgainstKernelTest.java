package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.livekernel.Compared;
import bpfmc.explorer.livekernel.Compared.Outcome;
import bpfmc.explorer.livekernel.KernelVerdict;
import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the scope beside the running kernel; skipped, with the program's own sentence, where it cannot be asked. */
class AgainstKernelTest {
    private static final String OPTION = "--against-kernel";
    private static final Path SPECS = Path.of("..", "specs");
    /** Refused with a warning in the kernel's own log ("verifier bug"), which is not to fill that of whoever runs the tests. */
    private static final String WARNS = "callback_returns_with_the_lock";
    /** What a kernel, or the policy of a machine, may refuse of samples that are right: what they attach to is not there, tracing is not allowed, a loader sets the size. */
    private static final Pattern NOT_HERE = Pattern.compile("failed to find kernel BTF type ID|failed to load: -(1|EPERM|524|ENOTSUPP)\\b|failed to create: .*-(22|EINVAL)\\b");

    private static String sample(String name) {
        return SPECS.resolve(name + ".bpf.o").toString();
    }

    @Test
    void everySampleGetsFromTheKernelWhatTheRulesSay() {
        Cli.asking("rules", OPTION, sample("lock/hash_elem"));
        int programs = 0;
        for (Path object : ObjectPaths.of(List.of(SPECS.toString()))) {
            MutableList<String> arguments = Lists.mutable.with("rules", OPTION, "--format", "json", object.toString());
            ObjectReader.read(object).programs().collect(BpfProgram::name).reject(WARNS::equals).each(n -> arguments.with("--program").add(n));
            Cli cli = Cli.run(arguments.toArray(new String[0]));
            assertThat(cli.code()).as(object + ": " + cli.out()).isZero();
            for (JsonNode program : JsonMapper.shared().readTree(cli.out()).get("programs")) {
                programs++;
                String compared = program.get("compared").asString();
                assertThat(compared).as(object + ": " + program).isIn("agree", "other-reason");
                assertThat(compared.equals("agree") || NOT_HERE.matcher(program.get("words").asString()).find() || older(cli)).as(object + ": " + program).isTrue();
            }
        }
        assertThat(programs).isGreaterThan(600);
    }

    /** Kernels before 6.18 do not have all that samples use. */
    private static boolean older(Cli cli) {
        return !KernelVersion.parse(JsonMapper.shared().readTree(cli.out()).get("rules").asString()).atLeast(6, 18);
    }

    @Test
    void theTableHasARowAProgramAndTheSum() {
        Cli cli = Cli.asking("rules", OPTION, sample("refused/missing_unlock"), sample("lock/hash_elem"));
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).containsPattern("missing_unlock.bpf.o +count +unlock-before-exit +program load +agree").containsPattern("hash_elem.bpf.o +count +accept +loads +agree")
                .contains("2 programs: 2 agree, 0 other reason, 0 not judged, 0 DISAGREE");
    }

    @Test
    void theScopeSaysWhichKernelAcceptsThePrograms() {
        Cli cli = Cli.asking("check", OPTION, sample("lock/hash_elem"));
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).containsPattern("with +accepted by Linux \\d+\\.\\d+").doesNotContain("assumes the kernel's verifier accepts");
    }

    @Test
    void theScopeSaysWhatTheKernelDoesNotLoad() {
        Cli cli = Cli.asking("check", OPTION, "--waive", "calls-under-lock", sample("why/call_under_lock"));
        assertThat(cli.code()).isOne();
        assertThat(cli.out()).containsPattern("assumes the kernel's verifier accepts the programs \\(memory safety, termination\\), though Linux [0-9.]+ does not load update "
                + "\\(program load: function calls are not allowed while holding a lock\\)");
    }

    @Test
    void aScenarioFileIsAskedOfAsWell() {
        Cli cli = Cli.asking("check", OPTION, "--format", "json", SPECS.resolve("race/scenarios.yaml").toString());
        assertThat(cli.out()).containsPattern("accepted by Linux \\d");
    }

    @Test
    void anotherKernelIsNotTheRunningOne() {
        for (String[] call : new String[][] {{"rules", OPTION, "--kernel", "5.15"}, {"check", OPTION, "--kernel", "5.15"}, {"rules", OPTION, "--unprivileged"}}) {
            String[] whole = Arrays.copyOf(call, call.length + 1);
            whole[call.length] = sample("lock/hash_elem");
            Cli cli = Cli.asking(whole);
            assertThat(cli.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(cli.err()).contains("leave one of them out");
        }
    }

    private static Compared compared(Outcome outcome) {
        return new Compared(Lists.immutable.empty(), true, new KernelVerdict("p", Stage.ACCEPTED, "", Lists.immutable.empty()), outcome);
    }

    @Test
    void onlyADisagreementFailsACall() {
        assertThat(AgainstKernel.code(Lists.immutable.with(compared(Outcome.AGREE), compared(Outcome.OTHER_REASON)))).isEqualTo(ExitCodes.HOLDS);
        assertThat(AgainstKernel.code(Lists.immutable.with(compared(Outcome.AGREE), compared(Outcome.NOT_JUDGED)))).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(AgainstKernel.code(Lists.immutable.with(compared(Outcome.NOT_JUDGED), compared(Outcome.DISAGREE)))).isEqualTo(ExitCodes.VIOLATED);
    }

    @Test
    void allRulesAreCompared() {
        assertThat(Cli.run("rules", OPTION, "--waive", "field-access", sample("lock/hash_elem")).err()).contains("leave --waive out");
        assertThat(Cli.run("rules", OPTION, "--expectations", sample("lock/hash_elem")).err()).contains("leave --expectations out");
    }
}
