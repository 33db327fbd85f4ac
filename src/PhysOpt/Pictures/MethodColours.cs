namespace PhysOpt.Pictures;

/// <summary>One colour per method, in every picture the same: whatever else is in it, and in which order.</summary>
/// <remarks>The palettes "tab10" and "tab20" (Tableau; the default of Matplotlib), which stay apart for most colour-blind
/// readers.</remarks>
internal static class MethodColours
{
    static readonly Dictionary<string, Colour> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GradientDescent"] = Colour.Of(0x1F77B4),
        ["Newton"] = Colour.Of(0xFF7F0E),
        ["InverseSimulator"] = Colour.Of(0xD62728),
        ["Lbfgs"] = Colour.Of(0x2CA02C),
        ["Adam"] = Colour.Of(0x9467BD),
        ["LevenbergMarquardt"] = Colour.Of(0x8C564B),
        ["HalfInverseGradient"] = Colour.Of(0xE377C2),
        ["GaussNewton"] = Colour.Of(0x7F7F7F),
        ["RmsProp"] = Colour.Of(0xBCBD22),
        ["TrustRegion"] = Colour.Of(0x17BECF),
        ["AdaGrad"] = Colour.Of(0xC5B0D5), // tab20: the light sister of Adam's
        ["Bobyqa"] = Colour.Of(0x393B79), // tab20b, as the next one
        ["NelderMead"] = Colour.Of(0x637939),
    };

    /// <summary>The other light ones of tab20, for methods that are not named above.</summary>
    static readonly Colour[] Others =
    [
        Colour.Of(0xAEC7E8), Colour.Of(0xFFBB78), Colour.Of(0x98DF8A), Colour.Of(0xFF9896), Colour.Of(0xC49C94),
        Colour.Of(0xF7B6D2), Colour.Of(0xC7C7C7), Colour.Of(0xDBDB8D), Colour.Of(0x9EDAE5),
    ];

    /// <summary>The colour of a method; of an unknown one by its name alone.</summary>
    internal static Colour Of(string method) =>
        Fixed.TryGetValue(method, out var colour) ? colour : Others[Hash(method) % (uint)Others.Length];

    /// <summary>FNV-1a over the letters: the same in every process, as string.GetHashCode is not.</summary>
    static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var letter in text.ToUpperInvariant()) hash = (hash ^ letter) * 16777619;
        return hash;
    }
}
