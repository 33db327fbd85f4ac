using System.Management.Automation;
using System.Xml.Linq;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Plotting;

/// <summary>A folder for pictures, $folder in scripts, and what they are read and told by.</summary>
public abstract class PictureTests : IClassFixture<ModuleEngine>, IDisposable
{
    private protected const string Newton = "Invoke-NewtonStep ThreeSpaces -Eta (1/3) -Iterations 10";
    private protected const string Long =
        "Invoke-GradientDescent -Objective { param($x) $s = 0; foreach ($v in $x) { $s += $v * $v }; $s } -InitialGuess (1..20) " +
        "-Eta 0.1 -Iterations 9";

    private protected ModuleEngine Module { get; }

    /// <summary>The folder.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("physopt-plot-").FullName;

    protected PictureTests(ModuleEngine module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Module = module;
        module.Output("", ("folder", Folder), ("counter", module.Counter));
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string At(string name) => Path.Combine(Folder, name);

    private protected PngImage Png(string script)
    {
        Module.Output(script);
        return PngImage.Read(At("p.png"));
    }

    private protected XElement Svg(string script)
    {
        Module.Output(script);
        return XDocument.Load(At("p.svg")).Root!;
    }

    private protected static string[] Texts(XElement svg) =>
        [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];

    private protected ErrorRecord Error(string script)
    {
        var before = Directory.GetFileSystemEntries(Folder);
        var error = Module.Error(script);
        Assert.Equal(before, Directory.GetFileSystemEntries(Folder)); // nothing is written, nothing left behind
        return error;
    }

    private protected static void AssertError(ErrorRecord error, string id, ErrorCategory category, string message)
    {
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
