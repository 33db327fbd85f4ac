namespace PhysOpt.Tracing.Operations;

/// <summary>What is known of a number beforehand, unless it is NaN.</summary>
/// <param name="Low">It is not below this.</param>
/// <param name="High">It is not above this.</param>
/// <param name="IsWhole">It is whole, or infinite.</param>
internal readonly record struct Extent(double Low, double High, bool IsWhole)
{
    internal static readonly Extent Any = new(double.NegativeInfinity, double.PositiveInfinity, false);

    /// <summary>The larger bound of its absolute value.</summary>
    internal double Size => double.Max(-Low, High);

    /// <summary>Of one number.</summary>
    internal static Extent Of(double value) =>
        double.IsNaN(value) ? Any with { IsWhole = true } : new(value, value, double.IsInteger(value));

    /// <summary>True where every such number is the index of an element of a list of this length, from either end.</summary>
    internal bool IsIndexOf(int length) => IsWhole && Low >= -length && High < length;

    /// <summary>The same after a function that never falls and gives whole numbers.</summary>
    internal Extent Rounded(Func<double, double> function) => new(function(Low), function(High), true);
}
