namespace PhysOpt.Pictures.Terminal;

/// <summary>Round numbers along an axis.</summary>
internal static class TerminalTicks
{
    /// <summary>A part of a step: a tick on the edge stays one.</summary>
    const double Tolerance = 1e-9;

    /// <summary>
    /// Values with their labels: multiples of 1, 2 or 5 times a power of ten, at most so many; of logarithms the powers of ten.
    /// </summary>
    internal static IReadOnlyList<(double At, string Label)> Of(double from, double to, int most, bool isLogarithmic, bool whole)
    {
        var least = (to - from) / int.Max(1, most);
        var power = double.Pow(10, double.Floor(double.Log10(least)));
        var step = power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
        if (whole || isLogarithmic) step = double.Max(1, double.Round(step));
        var label = AxisLabels.Between(from, to, step);
        var ticks = new List<(double, string)>();
        for (var k = double.Ceiling(from / step - Tolerance); k <= to / step + Tolerance && ticks.Count <= most + 1; k++)
        {
            var at = k * step;
            ticks.Add((at, isLogarithmic ? PowerOfTen((int)at) : label(at)));
        }

        return ticks;
    }

    static string PowerOfTen(int exponent) => exponent is >= -3 and <= 3
        ? FormattableString.Invariant($"{double.Pow(10, exponent):0.###}")
        : FormattableString.Invariant($"1E{exponent}");
}
