using System.Management.Automation;
using PhysOpt.Pictures;
using PhysOpt.Pictures.Terminal;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.Plotting;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Draws one or more runs in the terminal.</summary>
/// <remarks>
/// The drawing comes down the pipeline line by line, as text. On a terminal it is made of braille dots in the colours of the methods;
/// colours follow $PSStyle.OutputRendering and NO_COLOR. Elsewhere, and where several runs have to be told apart without colours, it is
/// made of plain characters.
/// </remarks>
[Cmdlet(VerbsCommon.Show, "Trajectory")]
[OutputType(typeof(string))]
public sealed class ShowTrajectoryCommand : PictureCommand
{
    /// <summary>As high as is pleasant, where the terminal is higher.</summary>
    const int UsualHeight = 24;

    /// <summary>The width in columns; that of the terminal unless given, or 80 where there is none.</summary>
    [Parameter]
    [ValidateBetween(20, 1000)]
    public int Width { get; set; }

    /// <summary>The height in lines, with axes and legend; 24 unless given, or less where the terminal is lower.</summary>
    [Parameter]
    [ValidateBetween(8, 500)]
    public int Height { get; set; }

    /// <summary>Draw with plain characters and without colours, wherever it is.</summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    private protected override void Draw(Picture picture)
    {
        var window = SessionTerminal.Window(Host);
        var width = IsBound(nameof(Width)) ? Width : int.Max(20, window.Width);
        var height = IsBound(nameof(Height)) ? Height : int.Clamp(window.Height, 8, UsualHeight);
        foreach (var line in new TerminalChart(picture, width, height, Plain ? TerminalAbilities.Plain : SessionTerminal.Abilities(this))
            .Lines()) WriteObject(line);
    }
}
