namespace PhysOpt.Optimization.DerivativeFree;

/// <content>What values come to, and what the end of a pass says.</content>
internal sealed partial class BobyqaSearch
{
    const int MostPasses = 50;
    const int MostDiagonals = 4;
    const double LookRadius = 1e-3, CloseRadius = 1e-6; // of a second look, and of one right beside
    const double PartOfRounding = 1e-8; // of what was gained, that the rounding of the loss may be
    const double PartOfScatter = 1e-6; // of what was gained, that values may differ from a smooth model by over the last radius
    const double PartOfClose = 1e-5; // of what was gained, that no loss rises by right beside a minimum, though noise and jumps do
    const double PartOfLoss = 1e-9, PartOfFirst = 1e-14; // that the last radius may leave
    const double OfScatter = 4;
    const double Largest = 1e150; // of a value that is kept

    int exponent; // values are kept times 2^-exponent
    bool hasValue, foundLower;
    double scatter; // of the values over the last radius, beside the model
    double lowest; // of all values, as it was told
    double bad = double.NaN; // what came in place of the last missing value

    /// <inheritdoc/>
    public TerminationReason Reason { get; private set; }

    /// <inheritdoc/>
    public string? Note { get; private set; }

    /// <summary>The power of two that the first values differ by.</summary>
    int Exponent()
    {
        double[] differences =
        [
            .. set.Values.Select(value => double.Abs(value - set.Values[0])).Where(each => each > 0 && double.IsFinite(each)).Order(),
        ];
        return differences.Length == 0 ? 0 : double.ILogB(differences[differences.Length / 2]);
    }

    /// <summary>A value as it is kept; where there is none, one that is worse than all others.</summary>
    double Value(double raw)
    {
        var value = double.ScaleB(raw, -exponent);
        return double.IsFinite(value) ? double.Clamp(value, -Largest, Largest) : double.IsNegativeInfinity(value) ? -Largest : Bad();
    }

    /// <summary>
    /// By how much a value has to be lower to matter: clear of rounding, of how the values scatter, and of what the last radius leaves.
    /// </summary>
    /// <param name="value">The least value, as it is kept.</param>
    double LeastGain(double value)
    {
        var start = double.ScaleB(first, -exponent);
        var left = double.Min(OfRadius, PartOfLoss * double.Abs(value) + PartOfFirst * double.Abs(start - value));
        return double.Max(double.Max(LossRounding.Clear(start, value), OfScatter * scatter), left);
    }

    /// <summary>What the last radius leaves of the loss: the sum of the curvatures times its square.</summary>
    double OfRadius
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < trial.Length; i++) sum += double.Abs(model.Curvature(i));
            return sum * lastRadius * lastRadius;
        }
    }

    /// <summary>What noise, jumps and rounding hide of the values.</summary>
    double Hidden => double.Max(scatter, LossRounding.Of(set.Values[set.Best]));

    /// <summary>True where much of what was gained could be hidden.</summary>
    bool Scatters => scatter > PartOfScatter * Gained || LossRounding.Of(set.Values[set.Best]) > PartOfRounding * Gained;

    /// <summary>By how much the loss has fallen, as values are kept, or what the first values differ by.</summary>
    double Gained => double.Max(1, double.ScaleB(first - lowest, -exponent));

    string ScatterNote => FormattableString.Invariant(
        $"losses scatter by {double.ScaleB(Hidden, exponent):G2} however close together they are, or jump: nothing below that is seen");

    string EndNote => FormattableString.Invariant(
        $"no lower loss is seen {LookRadius:G1} of the sizes of the variables away, and the last steps were {lastRadius:G1} of them");

    static string CrawlNote => $"{MostPasses} passes have each found lower values, by less and less; there is a narrow valley, or noise";

    /// <summary>The middle one of the errors over the last radius, the lesser one of two; 0 where there are fewer.</summary>
    double ScatterAtLast => errorsAtLast switch
    {
        0 or 1 => 0,
        2 => double.Min(errors[0], errors[1]),
        _ => double.Max(double.Min(errors[0], errors[1]), double.Min(double.Max(errors[0], errors[1]), errors[2])),
    };

    /// <summary>As much above the largest value as that is above the least.</summary>
    double Bad()
    {
        var (least, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in set.Values)
        {
            if (!double.IsFinite(value)) continue;
            (least, largest) = (double.Min(least, value), double.Max(largest, value));
        }

        // what has come in place of a missing value does not make the next one worse
        return largest == bad ? bad
            : bad = largest > least ? largest + (largest - least) : largest + (largest == 0 ? 1 : double.Abs(largest));
    }
}
