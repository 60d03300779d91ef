package io.engram.engine.cuda;

import org.jspecify.annotations.Nullable;

/**
 * What a forward and a backward sweep of all tasks leave behind on the card: activations, errors, statistics.
 *
 * @param tasks how many
 * @param examples of each
 * @param values activations, one more than operations
 * @param errors ∂loss/∂value, as many
 * @param notes what each operation remembers, addresses; 0 where nothing
 * @param inputNotes what the first operation remembers of the input alone, an address; 0 for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Frame(
    int tasks, int examples, Value[] values, Value[] errors, long[] notes, long inputNotes) {

  /**
   * Makes room.
   *
   * @param input one whose input this shares, or null
   */
  static Frame of(Circuit circuit, Arena arena, int tasks, int examples, @Nullable Frame input) {
    int count = circuit.size() + 1;
    Value[] values = new Value[count];
    Value[] errors = new Value[count];
    long[] notes = new long[circuit.size()];
    for (int i = 0; i < count; i++) {
      values[i] =
          i == 0 && input != null
              ? input.values[0]
              : value(circuit, arena, circuit.valueLayout(i), tasks, examples);
      // Nobody asks for the errors in front of the first parameters.
      errors[i] =
          i > circuit.firstTrainable()
              ? value(circuit, arena, circuit.errorLayout(i), tasks, examples)
              : new Value(0, 0, circuit.errorLayout(i), 0);
    }
    for (int i = 0; i < notes.length; i++) {
      long floats = circuit.noteFloats(i, examples);
      notes[i] = floats == 0 ? 0 : arena.floats(tasks * floats);
    }
    long inputNotes = 0;
    if (input != null) {
      inputNotes = input.inputNotes;
    } else if (circuit.inputNoteFloats() > 0) {
      inputNotes = arena.floats(tasks * circuit.inputNoteFloats());
    }
    return new Frame(tasks, examples, values, errors, notes, inputNotes);
  }

  /** The same of the first {@code some} tasks alone. */
  Frame of(int some) {
    return new Frame(some, examples, values, errors, notes, inputNotes);
  }

  /** Room for one set of activations. */
  static Value value(Circuit circuit, Arena arena, Layout layout, int tasks, int examples) {
    long stride = (long) examples * layout.size();
    return new Value(
        arena.floats(tasks * stride), stride, layout, circuit.tables().of(layout.elements()));
  }

  Value outputs() {
    return values[values.length - 1];
  }

  Value outputErrors() {
    return errors[errors.length - 1];
  }
}
