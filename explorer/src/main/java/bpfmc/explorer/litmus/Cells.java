package bpfmc.explorer.litmus;

import bpfmc.explorer.litmus.LitmusTest.Variable;
import bpfmc.model.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The cells of a test by number. Each is one whole value, whatever the width of its type, as in herd7. */
final class Cells {
    private final Map<String, Variable> variables;
    private final Map<String, Integer> first = new HashMap<>();
    private final List<Value> initial = new ArrayList<>();
    private final List<Location.Cell> locations = new ArrayList<>();

    Cells(LitmusTest test) {
        variables = test.variables();
        variables.values().forEach(v -> {
            first.put(v.name(), initial.size());
            for (int i = 0; i < v.initial().size(); i++) {
                locations.add(new Location.Cell(v.name(), i, v.array()));
            }
            initial.addAll(v.initial());
        });
    }

    int count() {
        return initial.size();
    }

    Value initial(int cell) {
        return initial.get(cell);
    }

    Location.Cell location(int cell) {
        return locations.get(cell);
    }

    int number(Location.Cell location) {
        return first.get(location.variable()) + location.index();
    }

    /**
     * {@return the cell at an address; none when it is outside of its variable, where an execution has no meaning}
     *
     * @throws InputException when it is inside of an element: accesses of mixed size, which herd7 does not follow either
     */
    OptionalInt at(Value.Address address) {
        Variable variable = variables.get(address.variable());
        int bytes = variable.type().bytes();
        if (address.offset() < 0 || address.offset() >= (variable.array() ? (long) bytes * variable.initial().size() : 1)) {
            return OptionalInt.empty();
        }
        if (address.offset() % bytes != 0) {
            throw new InputException("an access at " + address + " is inside of an element of " + bytes + " bytes; accesses of mixed size are not followed");
        }
        return OptionalInt.of(first.get(address.variable()) + (int) (address.offset() / bytes));
    }
}
