namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Output in parts, each below a line "### name".</summary>
internal static class Sections
{
    internal static Dictionary<string, string[]> Of(IEnumerable<string> lines)
    {
        var sections = new Dictionary<string, string[]>();
        var current = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("### ", StringComparison.Ordinal)) sections[current = line[4..]] = [];
            else sections[current] = [.. sections[current], line];
        }

        return sections;
    }
}
