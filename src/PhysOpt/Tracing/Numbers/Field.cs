using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PhysOpt.Tracing;

namespace PhysOpt;

/// <summary>
/// The values of a quantity on a grid, with arithmetic element by element: plain numbers, or traced ones where a function is
/// recorded.
/// </summary>
/// <remarks>
/// <para>+ - * / % take a field of the same length, a number or a traced number on either side, and so do the functions of <see
/// cref="Math"/>. Where one
/// operand is traced, so is the result. A field does not change: every operation gives a new one.</para>
/// <para>It is on purpose not enumerable: of anything that is, PowerShell's + would make a longer list. <see cref="ToArray"/> gives
/// the values.</para>
/// <para>Two fields are equal only where they are the same object, and neither is less than the other: compare numbers that are
/// made of them, such
/// as <see cref="Sum"/> or an element.</para>
/// </remarks>
[SuppressMessage("Design", "CA1036", Justification = "It is comparable only so that a comparison in PowerShell says why there is none.")]
public sealed partial class Field : IComparable
{
    readonly double[]? plain;
    // where plain is null; at least one belongs to a recording, the others may be plain numbers in that guise
    readonly TracedNumber[]? traced;

    /// <summary>A field around arrays that nobody else will write to: one of them is null.</summary>
    Field(double[]? plain, TracedNumber[]? traced)
    {
        if ((plain?.Length ?? traced!.Length) == 0) throw new ArgumentException("A field needs at least one number, but there is none.");
        if (traced is not null)
        {
            if (Array.IndexOf(traced, null) is var missing and >= 0)
                throw new ArgumentException($"A field is made of numbers, but number {missing} is null.");
            if (!Array.Exists(traced, number => number.Recorder is not null))
                (plain, traced) = (Array.ConvertAll(traced, number => number.Value), null);
        }

        (this.plain, this.traced) = (plain, traced);
    }

    /// <summary>The number of values.</summary>
    public int Count => plain?.Length ?? traced!.Length;

    /// <summary>The number of values: the name that arrays use.</summary>
    public int Length => Count;

    /// <summary>True where at least one value belongs to a recording.</summary>
    internal bool IsTraced => traced is not null;

    /// <summary>The values, each a <see cref="double"/> or a <see cref="TracedNumber"/> of a recording.</summary>
    internal object[] Elements
    {
        get
        {
            var elements = new object[Count];
            for (var i = 0; i < elements.Length; i++) elements[i] = Element(i);
            return elements;
        }
    }

    /// <summary>
    /// Value <paramref name="index"/>, a number or a traced number, counted from 0; negative indexes count from the end, as in
    /// PowerShell's arrays.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public object this[int index] => Element(Position(index, nameof(index)));

    /// <summary>
    /// The field moved on by k places, in a circle: value i of the result is value i - k of this one. k may be negative or large.
    /// </summary>
    /// <remarks>
    /// <c>$u.Roll(1)</c> holds the neighbours on the left, <c>$u.Roll(-1)</c> those on the right, as <c>numpy.roll</c> does.
    /// </remarks>
    public Field Roll(int k)
    {
        var first = (int)(((long)Count - k % Count) % Count);
        return plain is not null ? new([.. plain[first..], .. plain[..first]], null) : new(null, [.. traced![first..], .. traced[..first]]);
    }

    /// <summary>So many values from one on, as a field; a negative start counts from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field does not have so many values there, or none is asked for.</exception>
    public Field Slice(int start, int count)
    {
        var first = Position(start, nameof(start));
        if (count < 1 || count > Count - first)
            throw new ArgumentOutOfRangeException(nameof(count),
                $"From value {start} of a field of {Count} on there are 1 to {Count - first} values to take, not {count}.");
        return plain is not null ? new(plain[first..(first + count)], null) : new(null, traced![first..(first + count)]);
    }

    /// <summary>
    /// A new array of the values: of doubles, or where the field is traced, of objects that are doubles and traced numbers.
    /// </summary>
    public Array ToArray() => plain is not null ? (double[])plain.Clone() : Elements;

    /// <summary>The values in the shortest form that reads back exactly, separated by spaces, in no culture: "2.94 1.92".</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The values in a numeric format such as "G7", separated by spaces; culture-invariant unless a provider is given.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider = null) => string.Join(
        ' ', Elements.Select(value =>
            value is double number ? number.ToString(format, formatProvider ?? CultureInfo.InvariantCulture) : value.ToString()));

    /// <summary>There is no order of fields.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public int CompareTo(object? obj) => throw new NotSupportedException(
        "A field cannot be compared, for it is many numbers: compare one that is made of it, such as $u.Sum(), $u.Norm() or $u[0].");

    object Element(int i) => plain is not null ? plain[i] : traced![i].Recorder is null ? traced[i].Value : traced[i];

    int Position(int index, string name) => index >= -Count && index < Count
        ? index < 0 ? index + Count : index
        : throw new ArgumentOutOfRangeException(name,
            $"A field of {Count} values has none at {index}: they are counted from 0, or from the end by -1, -2, ...");
}
