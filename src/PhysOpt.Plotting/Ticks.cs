using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace PhysOpt.Plotting;

/// <summary>Where the ticks of an axis are and what stands at them, in no culture.</summary>
internal static class Ticks
{
    /// <summary>Ticks of an axis of numbers, or of whole numbers.</summary>
    /// <param name="whole">True for whole numbers.</param>
    /// <param name="most">The number of ticks, about.</param>
    internal static ITickGenerator Linear(bool whole, int most) => new NumericAutomatic
    {
        IntegerTicksOnly = whole,
        LabelFormatter = value => value.ToString("G6", CultureInfo.InvariantCulture),
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
        "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>No small ticks: between linear ones they count nothing.</summary>
    sealed class None : IMinorTickGenerator
    {
        public IEnumerable<double> GetMinorTicks(double[] majorTicks, CoordinateRange visibleRange) => [];
    }
}
