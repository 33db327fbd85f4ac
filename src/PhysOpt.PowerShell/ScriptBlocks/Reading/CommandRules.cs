namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>What is known of commands that a traced script may call.</summary>
internal static class CommandRules
{
    /// <summary>Say something to people, and give nothing.</summary>
    static readonly HashSet<string> Talking = new(StringComparer.OrdinalIgnoreCase)
    {
        "Write-Verbose", "Write-Debug", "Write-Host", "Write-Information", "Write-Warning", "Write-Progress",
    };

    /// <summary>Give the same for the same, but cannot work on traced numbers.</summary>
    static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "Group-Object", "Get-Unique", "Compare-Object", "Join-String",
    };

    /// <summary>Give something else at every call.</summary>
    static readonly HashSet<string> Fickle = new(StringComparer.OrdinalIgnoreCase) { "Get-Random", "Get-SecureRandom", "Get-Date",
        "New-Guid", "Get-Uptime" };

    internal static bool IsTalking(string name) => Talking.Contains(name);

    internal static bool IsPlain(string name) => Plain.Contains(name);

    internal static bool IsFickle(string name) => Fickle.Contains(name);
}
