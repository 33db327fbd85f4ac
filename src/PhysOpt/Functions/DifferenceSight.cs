using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>How well a function's change over a step can be seen: what says whether the step is too short or too long.</summary>
/// <param name="First">The largest change over the step, in roundings of the values: a difference has as many digits.</param>
/// <param name="Second">The same of the second difference.</param>
/// <param name="Bent">
/// The components that bend over the step, by much more than a step balanced between truncation and rounding would show; null where none
/// does.
/// </param>
/// <param name="IsSpike">True where a value in the middle is far larger than those on both sides, as next to a pole.</param>
/// <param name="IsPartlyDrowned">True where the change of some component drowns in rounding.</param>
/// <param name="Wanted">How many roundings a change has to be not to drown.</param>
internal readonly record struct DifferenceSight(
    double First, double Second, bool[]? Bent, bool IsSpike, bool IsPartlyDrowned, double Wanted)
{
    const double VisibleDigits = 1000; // of a first difference that is more than noise
    const double EnoughDigits = 1e7; // of one that is the slope: 5e10 where f varies as x does,
    const double ClearDigits = 1e8; // and where x is small beside what it may be, so that its step may be too short by chance
    const double ManyDigits = 1e11; // of a difference over a balanced step
    const double EnoughCurvature = 256; // of a second one: a minimum is then known to a percent of the step
    const double ClearCurvature = 1000; // where steps grow, of one that is large enough
    const double MuchCurvature = 1e9; // a balanced step shows eps^(-1/3), 2e5
    const double PartBent = 1e-3; // of the first difference
    const double Spike = 10; // a value in the middle beside those on both sides: no slope is seen over such a step

    /// <summary>True where the step is too long for some component.</summary>
    internal bool IsTooLong => Bent is not null;

    /// <summary>True where the change over the step drowns in the rounding of the values.</summary>
    internal bool IsDrowned => First < Wanted && Second < EnoughCurvature;

    /// <summary>True where the change is seen with digits to spare: longer steps would gain nothing.</summary>
    internal bool IsClear => First >= ClearDigits || Second >= ClearCurvature;

    /// <summary>
    /// By what to multiply a step that is too short: rounding falls with its length and truncation grows with the square, so that they
    /// meet where the length has grown by the cube root of what the digits lack.
    /// </summary>
    internal double Lengthening => double.Clamp(double.Cbrt(ManyDigits / First), 4, 100);

    /// <summary>By what to multiply a step that is too long.</summary>
    internal double Shortening => double.Max(1e-6, double.Sqrt(2e5 / Second));

    /// <summary>What three values show.</summary>
    /// <param name="up">f above.</param>
    /// <param name="centre">f in the middle.</param>
    /// <param name="down">f below.</param>
    /// <param name="typical">The largest size of each component so far.</param>
    /// <param name="isSmall">True where x is small beside what it may be.</param>
    internal static DifferenceSight Of(Vector up, Vector centre, Vector down, double[] typical, bool isSmall)
    {
        var wanted = isSmall ? ClearDigits : EnoughDigits;
        var (first, second, isSpike, isPartlyDrowned) = (0.0, 0.0, false, false);
        bool[]? bent = null;
        for (var k = 0; k < centre.Count; k++)
        {
            var size = double.Max(double.Abs(centre[k]), double.Max(double.Abs(up[k]), double.Abs(down[k])));
            if (size == 0) continue;
            var rounding = Precision.MachineEpsilon * size;
            var (change, bend) = (double.Abs(up[k] - down[k]), double.Abs(up[k] - centre[k] - (centre[k] - down[k])));
            (first, second) = (double.Max(first, change / rounding), double.Max(second, bend / rounding));
            isPartlyDrowned |= change < wanted * rounding && bend < EnoughCurvature * rounding;
            var isHigh = double.Abs(centre[k]) > Spike * double.Max(double.Abs(up[k]), double.Abs(down[k]));
            isSpike |= isHigh;
            if ((change > VisibleDigits * rounding || isHigh) && bend > PartBent * change
                && bend > (isHigh ? VisibleDigits : MuchCurvature) * Precision.MachineEpsilon * double.Max(size, typical[k]))
                (bent ??= new bool[centre.Count])[k] = true;
        }

        return new(first, second, bent, isSpike, isPartlyDrowned, wanted);
    }
}
