using System.Collections;
using System.Globalization;

namespace PhysOpt;

/// <summary>An immutable list of real numbers: a point, a step or a gradient.</summary>
/// <remarks>
/// Arithmetic on vectors is there for C# (see <see cref="LinearAlgebra.VectorOperators"/>) and deliberately
/// invisible to PowerShell, where <c>$v + $w</c> on anything enumerable means concatenation.
/// </remarks>
public sealed partial class Vector : IReadOnlyList<double>, IEquatable<Vector>, IFormattable
{
    readonly double[] values;

    /// <summary>A vector of the given components (copied).</summary>
    public Vector(params double[] values)
        : this((double[])(values ?? throw new ArgumentNullException(nameof(values))).Clone(), owned: true) { }

    /// <summary>A vector of the given components (copied).</summary>
    public Vector(IEnumerable<double> values) : this([.. values], owned: true) { }

    Vector(double[] values, bool owned) => this.values = owned ? values : [.. values];

    /// <summary>A vector around an array that nobody else will write to: no copy.</summary>
    internal static Vector Wrap(double[] values) => new(values, owned: true);

    /// <summary>The vector of n zeros.</summary>
    public static Vector Zero(int count) => Wrap(new double[count]);

    /// <summary>The number of components.</summary>
    public int Count => values.Length;

    /// <summary>The number of components: the name that arrays use.</summary>
    public int Length => values.Length;

    /// <summary>
    /// Component <paramref name="index"/>, counted from 0; negative indexes count from the end, as in PowerShell's arrays.
    /// </summary>
    public double this[int index] => values[index < 0 ? index + values.Length : index];

    /// <summary>The components, without a copy.</summary>
    public ReadOnlySpan<double> AsSpan() => values;

    /// <summary>A new array of the components.</summary>
    public double[] ToArray() => (double[])values.Clone();

    /// <summary>True when no component is NaN or infinite.</summary>
    public bool IsFinite => LinearAlgebra.SpanKernel.IsFinite(values);

    /// <summary>The Euclidean norm, without overflow or underflow on the way.</summary>
    public double Norm => LinearAlgebra.SpanKernel.Norm(values);

    /// <summary>The largest absolute component; NaN when any component is.</summary>
    public double InfinityNorm => LinearAlgebra.SpanKernel.InfinityNorm(values);

    /// <summary>The inner product with <paramref name="other"/>, a vector of the same length.</summary>
    public double Dot(Vector other)
    {
        LinearAlgebra.VectorOperators.RequireSameLength(this, other);
        return LinearAlgebra.SpanKernel.Dot(values, other.values);
    }

    /// <summary>A copy with component <paramref name="index"/> replaced.</summary>
    internal Vector With(int index, double value)
    {
        var copy = ToArray();
        copy[index] = value;
        return Wrap(copy);
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    /// <summary>Equal when every component is (NaN equals NaN).</summary>
    public bool Equals(Vector? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Vector);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in values) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary>The components in the shortest form that reads back exactly, separated by spaces, in no culture: "2.94 1.92".</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>
    /// The components in a numeric format such as "G7", separated by spaces; culture-invariant unless a provider is given.
    /// </summary>
    public string ToString(string? format, IFormatProvider? formatProvider = null) =>
        string.Join(' ', values.Select(value => value.ToString(format, formatProvider ?? CultureInfo.InvariantCulture)));

    /// <summary>Reads what <see cref="ToString()"/> writes: numbers in no culture, separated by spaces, commas or semicolons.</summary>
    /// <exception cref="FormatException">A part of the text is not a number.</exception>
    public static Vector Parse(string text)
    {
        var parts = (text ?? throw new ArgumentNullException(nameof(text)))
            .Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        var values = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw new FormatException($"'{parts[i]}' in '{text}' is not a number.");
        }

        return Wrap(values);
    }
}
