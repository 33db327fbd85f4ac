using PhysOpt.Tracing.Numbers;

namespace PhysOpt.Tracing;

/// <summary>A number that remembers how it was computed: what a script block is called with when it is recorded.</summary>
/// <remarks>
/// <para>Arithmetic and the functions of <see cref="Math"/> give traced numbers. A comparison is answered from the value at the
/// traced point
/// and remembered as a guard: the record is used only where it turns out the same.</para>
/// <para>There is no conversion to a plain number, and none must ever be added: a number that has lost its past would be a constant
/// in the record.
/// The other way there is one, for PowerShell converts the right side of a comparison to the type of the left one: a plain number
/// in this guise
/// belongs to no recording and is the constant that it was.</para>
/// <para>Operators take traced numbers and doubles on either side, and what becomes a double when it meets one. There are few,
/// since PowerShell weighs
/// all of them each time that a number stands on the left. An int 0 on the left of a minus is the negative, as PowerShell's unary minus
/// arrives; a double 0.0 is a difference (they differ at x = 0.0, in the sign of zero).</para>
/// </remarks>
public sealed partial class TracedNumber : IComparable, IComparable<TracedNumber>, IEquatable<TracedNumber>
{
    internal TracedNumber(IRecorder? recorder, int node, double value) => (Recorder, Node, Value) = (recorder, node, value);

    /// <summary>The recording that this number belongs to; null for a plain number in the guise of a traced one.</summary>
    internal IRecorder? Recorder { get; }

    /// <summary>The node of the graph; -1 for a plain number.</summary>
    internal int Node { get; }

    /// <summary>The value at the traced point. Not public: a script that could read it would make a constant of it.</summary>
    internal double Value { get; }

    /// <summary>
    /// The type that a script would find: a double, or a whole number that was made by Sign or a conversion. Arithmetic of the
    /// core gives doubles; who knows a language's rules gives results their types.
    /// </summary>
    internal TypeCode Type { get; private init; } = TypeCode.Double;

    /// <summary>What the size of a whole number cannot exceed, whatever its type; infinity for numbers that need not be whole.</summary>
    internal double Largest { get; private init; } = double.PositiveInfinity;

    /// <summary>The same number as one of another type.</summary>
    internal TracedNumber As(TypeCode type) => type == Type ? this : new(Recorder, Node, Value) { Type = type };

    /// <summary>The same number, which is whole, as one of another type and of a size that is known not to be exceeded.</summary>
    internal TracedNumber As(TypeCode type, double largest) => new(Recorder, Node, Value) { Type = type, Largest = largest };

    /// <summary>Compares the values at the traced point with one another and records the answer as a guard.</summary>
    /// <param name="obj">A number or a traced number of the same recording.</param>
    /// <exception cref="TracingException">It is something else, or either number is NaN.</exception>
    public int CompareTo(object? obj) =>
        Operand.TryFrom(obj, out var other) ? TracedArithmetic.Compare(this, other) : throw TracingException.NotComparable(obj);

    /// <inheritdoc cref="CompareTo(object)"/>
    public int CompareTo(TracedNumber? other) => CompareTo((object?)other);

    /// <summary>
    /// Whether the values at the traced point are equal; for a number or a traced number the answer is recorded as a guard.
    /// </summary>
    public override bool Equals(object? obj) => Operand.TryFrom(obj, out var other) && TracedArithmetic.AreEqual(this, other);

    /// <inheritdoc cref="Equals(object)"/>
    public bool Equals(TracedNumber? other) => Equals((object?)other);

    /// <summary>There is none: a traced number cannot be a key.</summary>
    /// <exception cref="TracingException">Always.</exception>
    public override int GetHashCode() => Refuse(TracingException.Hashed());

    /// <summary>A few of the operations behind this number, for people: "traced(100*(x1 - x0*x0))".</summary>
    public override string ToString() => Recorder?.Sketch(Node)
        ?? $"traced({Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)})";

    static int Refuse(TracingException exception) => throw exception;
}
