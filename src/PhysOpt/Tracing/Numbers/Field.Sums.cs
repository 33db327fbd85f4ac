using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>Numbers that are made of all values: a double, or a traced number where the field is traced.</content>
public sealed partial class Field
{
    /// <summary>The sum of the values, added from the first to the last as a loop in a script adds them.</summary>
    public object Sum()
    {
        if (plain is not null)
        {
            var sum = plain[0];
            for (var i = 1; i < plain.Length; i++) sum += plain[i];
            return sum;
        }

        var total = traced![0];
        for (var i = 1; i < traced.Length; i++) total = TracedArithmetic.Apply(Operation.Add, total, traced[i]);
        return total;
    }

    /// <summary>The sum of the values over their number.</summary>
    public object Mean() => Sum() switch
    {
        TracedNumber sum => sum / Count,
        var sum => (double)sum / Count,
    };

    /// <summary>The sum of the products with the values of another field, added from the first to the last.</summary>
    /// <param name="w">A field of the same length; PowerShell makes one of a list of numbers.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public object Dot(Field w)
    {
        RequireSameLength(this, w);
        if (plain is not null && w.plain is not null)
        {
            var sum = plain[0] * w.plain[0];
            for (var i = 1; i < plain.Length; i++) sum += plain[i] * w.plain[i];
            return sum;
        }

        return Apply(Operation.Multiply, this, w).Sum();
    }

    /// <summary>
    /// The Euclidean norm: the square root of the sum of the squares, as written out. Its derivative at zero is undefined (NaN).
    /// </summary>
    public object Norm() => Dot(this) switch
    {
        TracedNumber square => Math.Sqrt(square),
        var square => double.Sqrt((double)square),
    };

    static void RequireSameLength(Field a, Field b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
            throw new ArgumentException($"The fields have {a.Count} and {b.Count} values; they must have the same number.");
    }
}
