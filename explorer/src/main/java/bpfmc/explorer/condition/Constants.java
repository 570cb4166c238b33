package bpfmc.explorer.condition;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.MapDefinition.DataSection;
import java.util.Optional;
import org.eclipse.collections.api.factory.primitive.IntSets;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.primitive.MutableIntSet;

/**
 * What is said of an object's read-only data, which a loader may set before it is frozen: {@code any} for what is not named,
 * {@code NAME=VALUE} for a variable.
 */
public final class Constants {
    /** Says that constants may be anything. */
    public static final String ANY = "any";

    private Constants() {}

    /** A variable and what it is set to. */
    private record Setting(Condition.Place place, long value) {}

    /** {@return the object with its read-only data as is said} @throws InputException when something names no constant */
    public static BpfObject set(BpfObject object, ImmutableList<String> said) {
        ImmutableList<Setting> settings = said.reject(ANY::equals).collect(text -> setting(object, text));
        return said.isEmpty() ? object : object.withMaps(object.maps().collect(map -> constant(map) ? set(map, settings, said.contains(ANY)) : map));
    }

    private static Setting setting(BpfObject object, String text) {
        try {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new InputException("say any, or NAME=VALUE");
            }
            String name = text.substring(0, equals).strip();
            Condition.Place place = ConditionParser.place(name, object);
            if (!constant(object.maps().get(place.map()))) {
                throw new InputException(name + " is no constant: it is in " + object.maps().get(place.map()).name() + "; say 'initially'");
            }
            return new Setting(place, ScenarioConditions.number(new ScenarioConditions.Holds(name, text.substring(equals + 1).strip(), ""), place));
        } catch (InputException e) {
            throw e.within("--rodata " + text);
        }
    }

    private static boolean constant(MapDefinition map) {
        return map.data().filter(d -> d.kind() == DataSection.Kind.RODATA).isPresent();
    }

    private static MapDefinition set(MapDefinition map, ImmutableList<Setting> settings, boolean others) {
        byte[] contents = map.data().orElseThrow().contents().clone();
        MutableIntSet known = IntSets.mutable.empty();
        for (Setting setting : settings.select(s -> s.place().map() == map.index())) {
            for (int at = 0; at < setting.place().size(); at++) {
                contents[setting.place().offset() + at] = (byte) (setting.value() >>> 8 * at);
                known.add(setting.place().offset() + at);
            }
        }
        return map.withData(new DataSection(DataSection.Kind.RODATA, contents, others ? Optional.of(known.toImmutable()) : Optional.empty()));
    }

    /** {@return what is assumed of constants, for the scope} */
    public static String told(ImmutableList<String> said) {
        ImmutableList<String> values = said.reject(ANY::equals);
        String rest = said.contains(ANY) ? "arbitrary" : "as in the object";
        return "read-only data (.rodata) is " + (values.isEmpty() ? rest : values.makeString(", ") + ", else " + rest)
                + "; .kconfig values are arbitrary";
    }
}
