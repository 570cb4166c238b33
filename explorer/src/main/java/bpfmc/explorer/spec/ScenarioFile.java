package bpfmc.explorer.spec;

import bpfmc.explorer.check.AgentSpec;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.condition.When;
import bpfmc.explorer.report.Accepted;
import bpfmc.explorer.report.Expected;
import bpfmc.explorer.report.Status;
import bpfmc.model.InputException;
import bpfmc.model.kernel.ContextLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads scenario files. */
public final class ScenarioFile {
    private static final int MOST_RUNS = 250;
    private static final int MOST_CPUS = 64;
    private static final Map<String, ContextLevel> LEVELS = new TreeMap<>();
    private static final Map<String, Status> VERDICTS = new TreeMap<>();

    static {
        for (ContextLevel level : ContextLevel.values()) {
            LEVELS.put(level.word().toLowerCase(Locale.ROOT), level);
        }
        for (Status status : Status.values()) {
            VERDICTS.put(status.name().toLowerCase(Locale.ROOT), status);
        }
    }

    private ScenarioFile() {}

    /** {@return whether the name is one of a scenario file} */
    public static boolean named(Path path) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** {@return the file's scenarios} @throws InputException naming file, line and column of what is wrong */
    public static ImmutableList<ScenarioSpec> read(Path file) {
        Yaml root = compose(file, "say at least 'object: FILE'");
        Map<String, Yaml> keys = root.map(Keys.ofScenario().newWith(Keys.SCENARIOS));
        if (!keys.containsKey(Keys.SCENARIOS)) {
            ScenarioSpec only = scenario(file, Map.of(), root, keys);
            requireApplicable(keys, only);
            return Lists.immutable.with(only);
        }
        Map<String, Yaml> common = new LinkedHashMap<>(keys);
        Yaml list = common.remove(Keys.SCENARIOS);
        MutableList<ScenarioSpec> specs = Lists.mutable.empty();
        for (Yaml one : list.list()) {
            Map<String, Yaml> own = one.map(Keys.ofScenario());
            ScenarioSpec spec = scenario(file, common, one, own);
            requireApplicable(own, spec);
            if (specs.anySatisfy(s -> s.name().equals(spec.name()))) {
                throw one.error("there are two scenarios '" + spec.name() + "'; give each a 'name'");
            }
            specs.add(spec);
        }
        if (specs.isEmpty()) {
            throw list.error("there is no scenario");
        }
        if (specs.allSatisfy(s -> s.agents().notEmpty())) {
            specs.each(s -> requireApplicable(common, s));
        }
        return specs.toImmutable();
    }

    /** @throws InputException where a key chooses nothing, because agents are named */
    private static void requireApplicable(Map<String, Yaml> keys, ScenarioSpec spec) {
        keys.forEach((key, value) -> spec.inapplicable(key, said(value)).ifPresent(why -> {
            throw value.error("'" + key + "' does not apply where agents are named: " + why);
        }));
    }

    private static String said(Yaml value) {
        return value.node() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode ? value.word() : "";
    }

    static Yaml compose(Path file, String remedy) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return new Compose(LoadSettings.builder().setLabel(file.toString()).build()).composeString(text).map(n -> new Yaml(file, n))
                    .orElseThrow(() -> new InputException(file + ": the file is empty; " + remedy));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file");
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text (" + e.getMessage() + ")");
        } catch (MarkedYamlEngineException e) {
            throw new InputException(file + e.getProblemMark().map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("") + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InputException(file + ": " + e.getMessage().lines().findFirst().orElse("not YAML"));
        }
    }

    private static ScenarioSpec scenario(Path file, Map<String, Yaml> common, Yaml at, Map<String, Yaml> own) {
        Map<String, Yaml> keys = new LinkedHashMap<>(common);
        keys.putAll(own);
        Yaml object = keys.get("object");
        if (object == null) {
            throw at.error("which object? say 'object: FILE', relative to this file");
        }
        ImmutableList<Path> objects = object.list().collect(o -> beside(file, o));
        if (objects.isEmpty()) {
            throw object.error("which object? say 'object: FILE', relative to this file");
        }
        MutableList<String> options = Lists.mutable.empty();
        MutableList<ScenarioSpec.Word> words = Lists.mutable.empty();
        for (Keys.Key key : Keys.OPTIONS) {
            if (keys.containsKey(key.key())) {
                option(key, keys.get(key.key()), options);
                words(key, keys.get(key.key()), words);
            }
        }
        ImmutableList<AgentSpec> agents = keys.containsKey("agents") ? agents(keys.get("agents")) : Lists.immutable.empty();
        String name = keys.containsKey("name") ? keys.get("name").word() : objects.collect(o -> o.getFileName().toString()).makeString(" + ");
        return new ScenarioSpec(file, name, objects, options.toImmutable(), words.toImmutable(), agents, expected(keys), stated(keys), accepted(keys));
    }

    private static Path beside(Path file, Yaml object) {
        Path relative = file.getParent() == null ? Path.of(object.word()) : file.getParent().resolve(object.word());
        if (!Files.exists(relative)) {
            throw object.error("there is no file " + relative);
        }
        return relative.normalize();
    }

    static void option(Keys.Key key, Yaml value, MutableList<String> options) {
        switch (key.kind()) {
            case NUMBER -> options.with(key.option()).add(String.valueOf(value.number()));
            case NUMBER_OR_ANY -> options.with(key.option()).add(value.node() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode && value.word().equals(AgentSpec.ANY) ? AgentSpec.ANY
                    : String.valueOf(value.number()));
            case DURATION -> options.with(key.option()).add(String.valueOf(value.quantity(Quantities::seconds)));
            case SIZE -> options.with(key.option()).add(String.valueOf(value.quantity(Quantities::mebibytes)));
            case WORD -> options.with(key.option()).add(value.word());
            case FLAG -> {
                if (value.flag()) {
                    options.add(key.option());
                }
            }
            case LIST -> value.list().each(v -> options.with(key.option()).add(v.word()));
            case MAP -> value.map(Lists.immutable.empty()).forEach((k, v) -> options.with(key.option()).add(k + "=" + v.word()));
        }
    }

    private static void words(Keys.Key key, Yaml value, MutableList<ScenarioSpec.Word> words) {
        switch (key.kind()) {
            case NUMBER, NUMBER_OR_ANY, DURATION, SIZE, FLAG -> { }
            case WORD -> words.add(new ScenarioSpec.Word(value.word(), value.place()));
            case LIST -> value.list().each(v -> words.add(new ScenarioSpec.Word(v.word(), v.place())));
            case MAP -> value.map(Lists.immutable.empty()).forEach((k, v) -> words.with(new ScenarioSpec.Word(k, v.place()))
                    .add(new ScenarioSpec.Word(v.word(), v.place())));
        }
    }

    private static ImmutableList<AgentSpec> agents(Yaml list) {
        MutableList<AgentSpec> agents = Lists.mutable.empty();
        for (Yaml one : list.list()) {
            Map<String, Yaml> keys = one.map(Keys.OF_AGENT);
            if (keys.containsKey("program") == keys.containsKey("user")) {
                throw one.error("an agent is a program or a system call: say 'program: NAME' or 'user: CALL'");
            }
            String program = keys.containsKey("program") ? keys.get("program").word() : "user:" + keys.get("user").word();
            OptionalInt cpu = keys.containsKey("cpu") ? cpu(keys.get("cpu")) : OptionalInt.of(agents.size());
            int runs = keys.containsKey("runs") ? within(keys.get("runs"), 1, MOST_RUNS) : 1;
            Optional<ContextLevel> level = Optional.ofNullable(keys.get("level")).map(l -> l.oneOf(LEVELS, "level"));
            agents.add(new AgentSpec(program, cpu, level, runs, holds(keys, Keys.INPUTS), one.place()));
        }
        if (agents.isEmpty()) {
            throw list.error("there is no agent");
        }
        return agents.toImmutable();
    }

    private static OptionalInt cpu(Yaml cpu) {
        if (cpu.word().equals(AgentSpec.ANY)) {
            return OptionalInt.empty();
        }
        if (!cpu.word().matches("-?\\d+")) {
            throw cpu.error("'" + cpu.word() + "' is no CPU: 0 to " + (MOST_CPUS - 1) + ", or " + AgentSpec.ANY);
        }
        return OptionalInt.of(within(cpu, 0, MOST_CPUS - 1));
    }

    private static ScenarioConditions stated(Map<String, Yaml> keys) {
        MutableList<ScenarioConditions.Must> conditions = Lists.mutable.empty();
        for (When when : When.values()) {
            if (keys.containsKey(when.word())) {
                keys.get(when.word()).list().each(c -> conditions.add(new ScenarioConditions.Must(when, c.word(), c.place())));
            }
        }
        ImmutableList<ScenarioConditions.Holds> differ = !keys.containsKey(Keys.DIFFER) ? Lists.immutable.empty()
                : keys.get(Keys.DIFFER).list().collect(f -> new ScenarioConditions.Holds(f.word(), "", f.place()));
        return new ScenarioConditions(holds(keys, Keys.INITIALLY), holds(keys, Keys.INPUTS), differ, conditions.toImmutable());
    }

    private static ImmutableList<ScenarioConditions.Holds> holds(Map<String, Yaml> keys, String key) {
        MutableList<ScenarioConditions.Holds> holds = Lists.mutable.empty();
        if (keys.containsKey(key)) {
            keys.get(key).map(Lists.immutable.empty()).forEach((field, value) -> holds.add(new ScenarioConditions.Holds(field, value.word(), value.place())));
        }
        return holds.toImmutable();
    }

    private static ImmutableList<Accepted> accepted(Map<String, Yaml> keys) {
        MutableList<Accepted> accepted = Lists.mutable.empty();
        if (keys.containsKey(Keys.ACCEPT)) {
            keys.get(Keys.ACCEPT).map(Lists.immutable.empty()).forEach((id, reason) -> {
                if (reason.word().isBlank()) {
                    throw reason.error("say why " + id + " is accepted");
                }
                accepted.add(new Accepted(id, reason.word()));
            });
        }
        return accepted.toImmutable();
    }

    private static int within(Yaml value, int least, int most) {
        int number = value.number();
        if (number < least || number > most) {
            throw value.error(number + " is out of range: " + least + " to " + most);
        }
        return number;
    }

    private static Optional<Expected> expected(Map<String, Yaml> keys) {
        Yaml expect = keys.get("expect");
        Map<String, Long> states = new TreeMap<>();
        if (keys.containsKey("states")) {
            keys.get("states").map(Lists.immutable.empty()).forEach((name, count) -> states.put(name, (long) count.number()));
        }
        if (expect == null) {
            return states.isEmpty() ? Optional.empty() : Optional.of(new Expected(Optional.empty(), Lists.immutable.empty(), states));
        }
        if (expect.node() instanceof org.snakeyaml.engine.v2.nodes.MappingNode) {
            Map<String, Yaml> one = expect.map(Lists.immutable.withAll(VERDICTS.keySet()));
            if (one.size() != 1) {
                throw expect.error("expected one verdict, and what it names: 'violated: [lost-update]'");
            }
            var entry = one.entrySet().iterator().next();
            return Optional.of(new Expected(Optional.of(VERDICTS.get(entry.getKey())), entry.getValue().list().collect(Yaml::word), states));
        }
        return Optional.of(new Expected(Optional.of(expect.oneOf(VERDICTS, "verdict")), Lists.immutable.empty(), states));
    }
}
