using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>The five pictures of the chapter, drawn by the example.</summary>
public sealed class FigureTests : IDisposable
{
    const string Blue = "#1F77B4", Orange = "#FF7F0E", Red = "#D62728";

    static readonly (string Name, string[] Colours)[] Figures =
    [
        ("1-gradient-descent", [Blue]),
        ("2-newton", [Blue, Orange]),
        ("3-inverse-simulator", [Blue, Orange, Red]),
        ("4-y-inverse", [Red]),
        ("5-y-space", [Blue, Orange, Red]),
    ];

    readonly PowerShellProcess program = new();

    public void Dispose() => program.Dispose();

    async Task<string> RunAsync(params string[] arguments)
    {
        var folder = Path.Combine(program.Folder, "figures");
        var run = await program.RunAsync(RepositoryRoot.PathOf("examples", "ThreeSpacesFigures.ps1"),
            ["-OutputPath", folder, .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(Directory.GetFiles(folder).Order(StringComparer.Ordinal), run.Lines);
        return folder;
    }

    [Fact]
    public async Task They_are_400_pixels_wide_and_high_and_each_method_has_its_colour()
    {
        var folder = await RunAsync();
        Assert.Equal(Figures.Select(figure => figure.Name + ".png"),
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var (name, colours) in Figures)
        {
            var picture = PngImage.Read(Path.Combine(folder, name + ".png"));
            Assert.Equal((400, 400), (picture.Width, picture.Height));
            foreach (var colour in new[] { Blue, Orange, Red }) Assert.Equal(colours.Contains(colour), picture.Count(colour) > 50);
        }
    }

    [Fact]
    public async Task As_drawings_they_have_their_labels()
    {
        var folder = await RunAsync("-Format", "svg");
        foreach (var (name, colours) in Figures)
        {
            var texts = XDocument.Load(Path.Combine(folder, name + ".svg")).Descendants().Where(element => element.Name.LocalName == "text")
                .Select(text => text.Value).ToList();
            string[] labels = name.Contains('y', StringComparison.Ordinal) && name[0] >= '4' ? ["y space", "y0", "y1"]
                : ["x space", "x0", "x1"];
            string[] methods = [.. new[] { (Blue, "GradientDescent"), (Orange, "Newton"), (Red, "InverseSimulator") }.Where(pair =>
                colours.Contains(pair.Item1)).Select(pair => pair.Item2)];
            Assert.All([.. labels, .. methods, "start", "solution"], text => Assert.Contains(text, texts));
        }
    }
}
