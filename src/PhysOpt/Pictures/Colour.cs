namespace PhysOpt.Pictures;

/// <summary>A colour on a screen.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    internal static Colour Black { get; }

    /// <summary>#RRGGBB.</summary>
    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";

    internal static Colour Of(int rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <summary>A colour between this (0) and another (1).</summary>
    internal Colour Towards(Colour other, double part)
    {
        return new(Mixed(Red, other.Red), Mixed(Green, other.Green), Mixed(Blue, other.Blue));

        byte Mixed(byte from, byte to) => (byte)double.Round(from + part * (to - from));
    }
}

/// <summary>
/// Viridis, from dark to light: equal steps look equal, also without red and green (S. van der Walt, N. Smith, 2015, CC0).
/// </summary>
internal static class ColourScale
{
    static readonly Colour[] Stops =
    [
        Colour.Of(0x440154), Colour.Of(0x482878), Colour.Of(0x3E4A89), Colour.Of(0x31688E), Colour.Of(0x26828E),
        Colour.Of(0x1F9E89), Colour.Of(0x35B779), Colour.Of(0x6DCD59), Colour.Of(0xB4DE2C), Colour.Of(0xFDE725),
    ];

    /// <summary>The colour of a part from 0 to 1; what lies beyond has that of the end.</summary>
    internal static Colour At(double part)
    {
        var place = double.Clamp(part, 0, 1) * (Stops.Length - 1);
        var below = int.Min((int)place, Stops.Length - 2);
        return Stops[below].Towards(Stops[below + 1], place - below);
    }
}
