namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>What is known of commands that a traced script may call.</summary>
internal static class CommandRules
{
    /// <summary>Hand on what they are given, or what their blocks return: traced numbers pass through them.</summary>
    static readonly HashSet<string> Transparent = new(StringComparer.OrdinalIgnoreCase)
    {
        "ForEach-Object", "Where-Object", "Write-Output", "Out-Null", "%", "?", "foreach", "where", "echo", "write",
    };

    /// <summary>Say something to people, and give nothing.</summary>
    static readonly HashSet<string> Talking = new(StringComparer.OrdinalIgnoreCase)
    {
        "Write-Verbose", "Write-Debug", "Write-Host", "Write-Information", "Write-Warning", "Write-Progress",
    };

    /// <summary>Give the same for the same, but cannot work on traced numbers.</summary>
    static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "Measure-Object", "measure", "Sort-Object", "sort", "Select-Object", "select", "Group-Object", "group", "New-Object", "Get-Unique",
            "Compare-Object",
        "Join-String", "Set-StrictMode",
    };

    /// <summary>Give something else at every call.</summary>
    static readonly HashSet<string> Fickle = new(StringComparer.OrdinalIgnoreCase) { "Get-Random", "Get-SecureRandom", "Get-Date",
        "New-Guid", "Get-Uptime" };

    internal static bool IsFilter(string? name) => name is "?" || name?.StartsWith("where", StringComparison.OrdinalIgnoreCase) == true;

    internal static bool IsTransparent(string name) => Transparent.Contains(name);

    internal static bool IsTalking(string name) => Talking.Contains(name);

    internal static bool IsPlain(string name) => Plain.Contains(name);

    internal static bool IsFickle(string name) => Fickle.Contains(name);

    /// <summary>True where a result can be traced only if an argument is.</summary>
    internal static bool IsPure(string name) => IsTransparent(name) || IsTalking(name) || IsPlain(name) || IsFickle(name);
}
