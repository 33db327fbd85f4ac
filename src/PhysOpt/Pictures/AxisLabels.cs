using System.Globalization;

namespace PhysOpt.Pictures;

/// <summary>What stands at the ticks of an axis: as short as neighbours can be told apart, in no culture.</summary>
internal static class AxisLabels
{
    /// <summary>From here on, and below its inverse times 100, powers of ten are written as such.</summary>
    const double Large = 1e6;

    /// <summary>Digits beyond which numbers have none.</summary>
    const int MostDigits = 15;

    /// <summary>The way to write the ticks of an axis.</summary>
    /// <param name="from">The lower end.</param>
    /// <param name="to">The upper end.</param>
    /// <param name="step">The distance of two ticks.</param>
    internal static Func<double, string> Between(double from, double to, double step)
    {
        var largest = double.Max(double.Abs(from), double.Abs(to));
        var isPlain = largest < Large && largest >= 100 / Large;
        var digits = double.Ceiling(double.Log10((isPlain ? 1 : largest) / step) + 1);
        var format = "0." + new string('#', (int)double.Clamp(digits, 0, MostDigits)) + (isPlain ? "" : "E+0");
        return value => double.Abs(value) < 1e-6 * step ? "0" : value.ToString(format, CultureInfo.InvariantCulture);
    }
}
