using System.Management.Automation;
using System.Runtime.CompilerServices;
using PhysOpt.Pictures;
using PhysOpt.Plotting;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.Loading;
using PhysOpt.PowerShell.Plotting;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Writes a picture of one or more runs into a PNG or SVG file.</summary>
/// <remarks>Each method has its own colour, the same in every picture. The file is written when the picture is complete, or not at
/// all.</remarks>
[Cmdlet(VerbsData.Export, "TrajectoryPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrajectoryPlotCommand : PictureCommand
{
    PictureTarget? target;

    /// <summary>The file to write, which ends in .png or .svg; wildcard characters are taken as they are.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Show the loss around the path too, for problems with one or two components: as contours, or as a curve.</summary>
    [Parameter]
    public SwitchParameter Contour { get; set; }

    /// <summary>Show the state in colours, a row per iteration, instead of a line per iteration; for one run.</summary>
    [Parameter]
    public SwitchParameter HeatMap { get; set; }

    /// <summary>Show points without lines between them.</summary>
    [Parameter]
    public SwitchParameter Scatter { get; set; }

    /// <summary>The width in pixels.</summary>
    [Parameter]
    [ValidateBetween(PictureFile.MinimumSize, PictureFile.MaximumSize)]
    public int Width { get; set; } = 800;

    /// <summary>The height in pixels.</summary>
    [Parameter]
    [ValidateBetween(PictureFile.MinimumSize, PictureFile.MaximumSize)]
    public int Height { get; set; } = 600;

    /// <summary>Overwrite a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override PictureOptions Options =>
        base.Options with { ShowsContours = Contour, ShowsHeatMap = HeatMap, ShowsPointsOnly = Scatter };

    /// <inheritdoc/>
    protected override void BeginProcessing() => TerminateOnPictureError(() => target = PictureTarget.Of(this, Path, Force));

    private protected override void Draw(Picture picture)
    {
        if (!ShouldProcess(target!.Path, "Write a picture")) return;
        TerminateOnPictureError(() =>
        {
            target.Write(Rendered(picture));
            if (PassThru) WriteObject(new FileInfo(target.Path));
        });
    }

    byte[] Rendered(Picture picture)
    {
        try
        {
            return Render(picture);
        }
        catch (Exception exception) when (exception is DllNotFoundException
            or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new PictureException(
                "NativeLibraryMissing", ErrorCategory.NotInstalled,
                    $"Pictures cannot be drawn here: there is no libSkiaSharp for {DependencyContext.RuntimeFolder} that loads.",
                "Pictures are drawn on Windows and Linux with glibc (x64, arm64) and on macOS. Show-Trajectory needs no library.",
                    exception);
        }
    }

    /// <summary>In a method of its own: the first call loads what draws.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    byte[] Render(Picture picture) => target!.IsSvg ? PictureFile.Svg(picture, Width, Height) : PictureFile.Png(picture, Width, Height);

    void TerminateOnPictureError(Action work)
    {
        try
        {
            work();
        }
        catch (PictureException exception)
        {
            ThrowTerminatingError(exception.ErrorRecord(Path));
        }
    }
}
