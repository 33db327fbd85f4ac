namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>build.ps1 in the hosted engine. What its task Package makes is in <see cref="PackageTests"/>.</summary>
public sealed class BuildScriptTests
{
    [Fact]
    public void An_unknown_task_is_refused_by_name()
    {
        using var engine = new Engine();
        var result = engine.Run("& $script Fly", ("script", BuildScript));
        Assert.Contains("Package", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_and_manifest_have_one_version()
    {
        using var engine = new Engine();
        var assembly = System.Reflection.AssemblyName.GetAssemblyName(RepositoryRoot.PathOf("bin", "PhysOpt.dll"));
        var module = engine.Run("Import-Module $manifest; (Get-Module PhysOpt).Version.ToString()", ("manifest", Engine.ManifestPath));
        Assert.Equal(Assert.Single(module.Output).ToString(), assembly.Version!.ToString(3));
    }

    static string BuildScript => RepositoryRoot.PathOf("build.ps1");
}
