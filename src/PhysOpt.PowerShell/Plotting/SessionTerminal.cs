using System.Management.Automation;
using System.Management.Automation.Host;
using PhysOpt.Pictures.Terminal;

namespace PhysOpt.PowerShell.Plotting;

/// <summary>What a session's terminal can show, and how much of it.</summary>
internal static class SessionTerminal
{
    const int UsualWidth = 80, UsualHeight = 24;

    /// <summary>What the output of a cmdlet can show.</summary>
    internal static TerminalAbilities Abilities(PSCmdlet cmdlet) => TerminalAbilities.Of(
        Rendering(cmdlet), isTerminal: !Console.IsOutputRedirected, isUtf8: Console.OutputEncoding.CodePage == 65001,
            Environment.GetEnvironmentVariable);

    /// <summary>$PSStyle.OutputRendering, by name: the type is newer than the contract that cmdlets are compiled against.</summary>
    static string? Rendering(PSCmdlet cmdlet) =>
        cmdlet.SessionState.PSVariable.GetValue("PSStyle") is { } style
            ? PSObject.AsPSObject(style).Properties["OutputRendering"]?.Value?.ToString() : null;

    /// <summary>
    /// The room in the terminal, without the last column, in which some begin a new line, and the line of the prompt; 80 by 24 where there
    /// is none.
    /// </summary>
    internal static Size Window(PSHost host)
    {
        try
        {
            if (host.UI?.RawUI is not { } screen) return new(UsualWidth, UsualHeight);
            var (width, height) = (screen.BufferSize.Width, screen.WindowSize.Height);
            return new(width > 1 ? width - 1 : UsualWidth, height > 1 ? height - 1 : UsualHeight);
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or InvalidOperationException or IOException)
        {
            return new(UsualWidth, UsualHeight); // a host without a screen
        }
    }
}
