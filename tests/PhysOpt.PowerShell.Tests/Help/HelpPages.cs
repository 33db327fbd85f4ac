using System.Management.Automation;
using PhysOpt.PowerShell.Tests.Module;

namespace PhysOpt.PowerShell.Tests.Help;

/// <summary>The pages, and what the engine makes of them.</summary>
internal static class HelpPages
{
    internal static readonly string Folder = RepositoryRoot.PathOf("docs", "en-US");

    /// <summary>The names of the pages about cmdlets.</summary>
    internal static IReadOnlyList<string> Cmdlets { get; } =
        [.. Names().Where(name => !name.StartsWith("about_", StringComparison.Ordinal) && name != "Common")];

    /// <summary>The names of the pages about subjects.</summary>
    internal static IReadOnlyList<string> Subjects { get; } =
        [.. Names().Where(name => name.StartsWith("about_", StringComparison.Ordinal))];

    internal static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".md"));

    /// <summary>What the engine has read for a cmdlet.</summary>
    internal static PSObject Help(ModuleEngine engine, string name) => Assert.Single(engine.Output($"Get-Help {name}"));

    /// <summary>What a path of properties leads to; every list on the way is gone through.</summary>
    internal static IReadOnlyList<PSObject> All(PSObject from, params string[] path) =>
        path.Aggregate((IReadOnlyList<PSObject>)[from], (at, name) =>
        [.. at.SelectMany(each =>
            LanguagePrimitives.GetEnumerable(each.Properties[name]?.Value)?.Cast<object>() ?? [each.Properties[name]?.Value!])
            .Where(value => value is not null).Select(value => PSObject.AsPSObject(value))]);

    /// <summary>The text at the end of a path of properties.</summary>
    internal static string Words(PSObject from, params string[] path) =>
        string.Join('\n', All(from, path).Select(each => each.ToString())).Trim();

    static IEnumerable<string> Names() =>
        Directory.GetFiles(Folder, "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
}
