namespace PhysOpt.Pictures.Terminal;

/// <summary>How a terminal is given colours.</summary>
internal enum ColourMode
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By one of 256 numbers, which terminals have known for long.</summary>
    Indexed,

    /// <summary>By red, green and blue.</summary>
    Full,
}

/// <summary>What can be shown where the output goes.</summary>
/// <param name="Colours">How it is given colours.</param>
/// <param name="HasUnicode">True where characters beyond ASCII arrive.</param>
internal sealed record TerminalAbilities(ColourMode Colours, bool HasUnicode)
{
    internal static TerminalAbilities Plain { get; } = new(ColourMode.None, HasUnicode: false);

    /// <summary>
    /// Colours are shown on terminals, and elsewhere where $PSStyle.OutputRendering is Ansi; never where it is PlainText, where NO_COLOR is
    /// set (no-color.org), or on a terminal that calls itself dumb.
    /// </summary>
    /// <param name="rendering">$PSStyle.OutputRendering; null where there is none.</param>
    /// <param name="isTerminal">True where the output goes to a terminal.</param>
    /// <param name="isUtf8">True where it is written in UTF-8.</param>
    /// <param name="environment">The environment variables.</param>
    internal static TerminalAbilities Of(string? rendering, bool isTerminal, bool isUtf8, Func<string, string?> environment)
    {
        var asked = rendering == "Ansi";
        var refused = rendering == "PlainText" || !string.IsNullOrEmpty(environment("NO_COLOR")) || !asked && environment("TERM") == "dumb";
        var isFull = environment("COLORTERM") is "truecolor" or "24bit" || !string.IsNullOrEmpty(environment("WT_SESSION"));
        var shown = isTerminal || asked;
        return new(!shown || refused ? ColourMode.None : isFull ? ColourMode.Full : ColourMode.Indexed, shown && isUtf8);
    }
}
