using System.Globalization;
using PhysOpt.Pictures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace PhysOpt.Plotting;

/// <summary>Where the ticks of an axis are and what stands at them, in no culture.</summary>
internal static class Ticks
{
    /// <summary>Ticks of an axis of numbers, or of whole numbers.</summary>
    /// <param name="whole">True for whole numbers.</param>
    /// <param name="most">The number of ticks, about.</param>
    /// <param name="from">The lower end of the axis.</param>
    /// <param name="to">The upper end.</param>
    internal static ITickGenerator Linear(bool whole, int most, double from, double to) => new NumericAutomatic
    {
        IntegerTicksOnly = whole,
        // ScottPlot has between half and twice as many as it is asked for
        LabelFormatter = AxisLabels.Between(from, to, (to - from) / (2 * int.Max(3, most))),
        TargetTickCount = int.Clamp(most, 3, 10),
        MinorTickGenerator = new None(),
    };

    /// <summary>Ticks of an axis of decimal logarithms: at powers of ten, and between them where there are few.</summary>
    internal static ITickGenerator Logarithmic(double from, double to, int most)
    {
        var ticks = new NumericManual();
        var (first, last) = ((int)double.Ceiling(from - 1e-9), (int)double.Floor(to + 1e-9));
        var step = int.Max(1, (last - first + most) / most);
        var few = last - first < 2;
        for (var decade = first - 1; decade <= last; decade++)
        {
            if (decade >= first)
            {
                if (decade % step == 0) ticks.AddMajor(decade, Label(1, decade));
                else ticks.AddMinor(decade);
            }

            if (step > 2) continue;
            for (var digit = 2; digit <= 9; digit++)
            {
                var at = decade + double.Log10(digit);
                if (at < from || at > to) continue;
                if (few && digit is 2 or 5)
                    ticks.AddMajor(at, Label(digit, decade));
                else ticks.AddMinor(at);
            }
        }

        return ticks;
    }

    /// <summary>A digit times a power of ten: written out where that is short, or else with small digits.</summary>
    static string Label(int digit, int exponent) =>
        exponent is >= -2 and <= 3 ? (digit * double.Pow(10, exponent)).ToString("0.##", CultureInfo.InvariantCulture)
        : digit == 1 ? Power(exponent)
        : $"{digit}·{Power(exponent)}";

    static string Power(int exponent) =>
        "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit =>
            digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>No small ticks: between linear ones they count nothing.</summary>
    sealed class None : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
