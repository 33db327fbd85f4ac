namespace PhysOpt.Pictures.Terminal;

/// <summary>Colours of characters as control sequences (ECMA-48, SGR).</summary>
internal static class Ansi
{
    const string Reset = "\e[0m";

    /// <summary>The intensities of the colour cube from 16 to 231.</summary>
    static readonly int[] Cube = [0, 95, 135, 175, 215, 255];

    /// <summary>The text in a colour.</summary>
    internal static string Coloured(string text, Colour colour, ColourMode mode) => mode switch
    {
        ColourMode.Full => $"\e[38;2;{colour.Red};{colour.Green};{colour.Blue}m{text}{Reset}",
        ColourMode.Indexed => $"\e[38;5;{Index(colour)}m{text}{Reset}",
        _ => text,
    };

    /// <summary>The nearest of the 240 colours that are the same on all terminals: a cube from 16 on, greys from 232 on.</summary>
    internal static int Index(Colour colour)
    {
        var (red, green, blue) = (Step(colour.Red), Step(colour.Green), Step(colour.Blue));
        var grey = int.Clamp(((colour.Red + colour.Green + colour.Blue) / 3 - 3) / 10, 0, 23);
        var level = 8 + 10 * grey;
        return Distance(level, level, level) < Distance(Cube[red], Cube[green], Cube[blue]) ? 232 + grey : 16 + 36 * red + 6 * green + blue;

        static int Step(int value) => Array.IndexOf(Cube, Cube.MinBy(each => int.Abs(each - value)));

        int Distance(int r, int g, int b) =>
            (r - colour.Red) * (r - colour.Red) + (g - colour.Green) * (g - colour.Green) + (b - colour.Blue) * (b - colour.Blue);
    }
}
