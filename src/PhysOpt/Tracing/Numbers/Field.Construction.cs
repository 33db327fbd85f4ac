using System.Collections;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;

namespace PhysOpt;

/// <content>
/// Of what a field is made. PowerShell calls the constructors in casts too, and finds them where a function takes a field; it is
/// not told of a type
/// converter, which it would ask about every object, so that a call with another number could no longer tell the overloads of a
/// function apart.
/// </content>
public sealed partial class Field
{
    /// <summary>Takes off what a host wraps around an object; the module sets it. What comes down a pipeline is wrapped.</summary>
    internal static Func<object?, object?> Unwrap { get; set; } = value => value;

    /// <summary>A field of the given numbers (copied).</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Field(params double[] values) : this([.. values ?? throw new ArgumentNullException(nameof(values))], null) { }

    /// <summary>A field of the given traced numbers (copied); plain numbers in the guise of traced ones are what they are.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public Field(params TracedNumber[] values) : this(null, [.. values ?? throw new ArgumentNullException(nameof(values))]) { }

    /// <summary>A field of a list of numbers of any type and traced numbers, in any mixture.</summary>
    /// <exception cref="ArgumentException">There are none, or one is something else.</exception>
    public Field(ICollection values) : this(null, NumbersOf(values ?? throw new ArgumentNullException(nameof(values)))) { }

    /// <summary>The same field once more.</summary>
    public Field(Field values) : this(values?.plain, values is null ? throw new ArgumentNullException(nameof(values)) : values.traced) { }

    /// <summary>A field of one number: what is left of a list of one that came down a pipeline.</summary>
    public static explicit operator Field(double value) => new(value);

    /// <inheritdoc cref="op_Explicit(double)"/>
    public static explicit operator Field(int value) => new((double)value);

    /// <inheritdoc cref="op_Explicit(double)"/>
    public static explicit operator Field(long value) => new((double)value);

    /// <inheritdoc cref="op_Explicit(double)"/>
    public static explicit operator Field(float value) => new((double)value);

    /// <inheritdoc cref="op_Explicit(double)"/>
    public static explicit operator Field(decimal value) => new((double)value);

    /// <inheritdoc cref="op_Explicit(double)"/>
    public static explicit operator Field(TracedNumber value) => new(value);

    static TracedNumber[] NumbersOf(ICollection values)
    {
        var numbers = new List<TracedNumber>(values.Count);
        foreach (var item in values)
        {
            var value = Unwrap(item);
            if (!Operand.TryFrom(value, out var number))
            {
                var what = value is null ? "nothing (null)" : $"'{value}' ({value.GetType().Name})";
                throw new ArgumentException($"A field is made of numbers, but number {numbers.Count} of {values.Count} is {what}.");
            }

            numbers.Add(number.Traced ?? (TracedNumber)number.Value);
        }

        return [.. numbers];
    }
}
