package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.program.BpfProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unknown numbers as a report names them: fields of contexts, words of packets and their lengths; what is not named is 0. What memory held at first is what the
 * steps of the report have loaded, or a small number; what helpers return is what the report says they do.
 */
final class ReportedInputs implements Unknowns {
    private static final Pattern WORD = Pattern.compile("\\*\\(u64 \\*\\)\\((ctx|packet) \\+ (\\d+)\\) = 0x([0-9a-f]+)(?!.*read again).*");
    private static final Pattern FIELD = Pattern.compile("(\\w+)->(\\w+) = (\\d+)");
    private static final Pattern LENGTH = Pattern.compile("packet length = (\\d+)");
    /** The length of the whole packet, which helpers go by; the enumerator has one length for both. */
    private static final Pattern WHOLE = Pattern.compile("\\w+->len = (\\d+).*");
    private static final Pattern FIRST_WORD = Pattern.compile("\\*\\(u64 \\*\\)\\(ctx \\+ 0\\) = 0x([0-9a-f]+).*");
    private static final Pattern RESULT = Pattern.compile("bpf_get_prandom_u32\\(\\) at .* = (\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");

    private final Scenario scenario;
    private final List<Map<String, TreeSet<Long>>> words = new ArrayList<>();
    private final TreeSet<Long> memory = new TreeSet<>(List.of(0L, 1L, 2L));
    private final TreeSet<Long> random = new TreeSet<>(List.of(0L));

    ReportedInputs(Scenario scenario, Counterexample told) {
        this.scenario = scenario;
        for (AgentPlace agent : scenario.agents()) {
            Map<String, TreeSet<Long>> own = new HashMap<>();
            told.inputs().select(i -> i.startsWith("CPU" + agent.cpu() + ":") || i.startsWith("CPU" + agent.cpu() + " " + agent.program().name() + ":"))
                    .each(i -> note(agent.program(), i.substring(i.indexOf(": ") + 2), own));
            words.add(own);
        }
        told.steps().each(s -> {
            Matcher numbers = NUMBER.matcher(s.value() + " " + s.before());
            while (numbers.find()) {
                long number = Long.parseUnsignedLong(numbers.group());
                memory.add(number);
                memory.add(number << 32);
            }
        });
    }

    private void note(BpfProgram program, String input, Map<String, TreeSet<Long>> own) {
        Matcher word = WORD.matcher(input);
        Matcher field = FIELD.matcher(input);
        Matcher length = LENGTH.matcher(input);
        Matcher whole = WHOLE.matcher(input);
        Matcher first = FIRST_WORD.matcher(input);
        if (whole.matches() || first.matches()) {
            long number = whole.matches() ? Long.parseLong(whole.group(1)) : Long.parseUnsignedLong(first.group(1), 16) & 0xffff_ffffL;
            own.computeIfAbsent("length", k -> new TreeSet<>()).add(number);
        }
        Matcher result = RESULT.matcher(input);
        if (word.matches()) {
            put(own, word.group(1).equals("ctx") ? Source.CONTEXT : Source.PACKET, Integer.parseInt(word.group(2)), Long.parseUnsignedLong(word.group(3), 16), 8);
        } else if (field.matches()) {
            BtfType.Member member = member(program, field.group(2));
            BtfTypes types = program.types().orElseThrow();
            put(own, Source.CONTEXT, (int) (member.bitOffset() / 8), Long.parseUnsignedLong(field.group(3)), (int) types.sizeOf(member.type()).orElse(0));
        } else if (length.matches()) {
            own.computeIfAbsent("length", k -> new TreeSet<>()).add(Long.parseLong(length.group(1)));
        } else if (result.matches()) {
            random.add(Long.parseLong(result.group(1)));
        }
    }

    private static BtfType.Member member(BpfProgram program, String name) {
        BtfTypes types = program.types().orElseThrow();
        var pointer = (BtfType.Pointer) types.resolved(program.prototype().orElseThrow().parameters().getFirst().type());
        return ((BtfType.Struct) types.resolved(pointer.target())).members().detect(m -> m.name().equals(name));
    }

    private static void put(Map<String, TreeSet<Long>> own, Source source, int offset, long number, int size) {
        for (int i = 0; i < size; i++) {
            own.computeIfAbsent(source + "" + (offset + i), k -> new TreeSet<>()).add(number >>> 8 * i & 0xff);
        }
    }

    @Override
    public long[] numbers(Source source, int agent, int offset, int size) {
        return switch (source) {
            case MEMORY, KEY -> memory.stream().mapToLong(n -> n).toArray();
            case RANDOM -> random.stream().mapToLong(n -> n).toArray();
            case CONTEXT, PACKET -> told(source, agent, offset, size);
        };
    }

    /** Runs of one program on one CPU are not told apart: each may have had either number. */
    private long[] told(Source source, int agent, int offset, int size) {
        List<Long> numbers = new ArrayList<>(List.of(0L));
        for (int i = 0; i < size; i++) {
            TreeSet<Long> bytes = new TreeSet<>(words.get(agent).getOrDefault(source + "" + (offset + i), new TreeSet<>(List.of(0L))));
            if (scenario.agents().count(a -> a.cpu() == scenario.agents().get(agent).cpu()) > 1) {
                bytes.add(0L);
            }
            List<Long> longer = new ArrayList<>();
            int shift = 8 * i;
            bytes.forEach(b -> numbers.forEach(n -> longer.add(n | b << shift)));
            numbers.clear();
            numbers.addAll(longer);
        }
        return numbers.stream().mapToLong(n -> n).toArray();
    }

    @Override
    public int[] packetLengths(int agent) {
        return words.get(agent).getOrDefault("length", new TreeSet<>(List.of(0L))).stream().mapToInt(Long::intValue).toArray();
    }
}
