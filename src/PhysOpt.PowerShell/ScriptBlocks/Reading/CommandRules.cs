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

    /// <summary>The names of the parameters that every cmdlet and advanced function has, and their aliases.</summary>
    static readonly string[] Common = [.. System.Management.Automation.Cmdlet.CommonParameters, "vb", "db", "ea", "wa", "infa", "proga",
        "ev", "wv", "iv", "ov", "ob", "pv"];

    /// <summary>True for a parameter that every cmdlet has, by its name, its alias or the start of its name.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="others">The names of the command's own parameters, which come before where one has the very name.</param>
    internal static bool IsCommon(string name, Func<IEnumerable<string>> others) =>
        Common.Any(each => each.Equals(name, StringComparison.OrdinalIgnoreCase))
        || (Common.Any(each => each.Length > 4 && each.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            && !others().Any(each => each.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The variable that says whether a command that talks is to end the script; null where there is none.</summary>
    internal static string? PreferenceOf(string name) => name.ToUpperInvariant() switch
    {
        "WRITE-VERBOSE" => "VerbosePreference",
        "WRITE-DEBUG" => "DebugPreference",
        "WRITE-WARNING" => "WarningPreference",
        "WRITE-PROGRESS" => "ProgressPreference",
        "WRITE-HOST" or "WRITE-INFORMATION" => "InformationPreference",
        _ => null,
    };

    /// <summary>What to write instead of a command that is not supported; null where nothing is known.</summary>
    internal static string? InsteadOf(string name) => name.ToUpperInvariant() switch
    {
        "ADD-MEMBER" => "make the object with all its properties, as by [pscustomobject]@{ }",
        "SET-VARIABLE" or "NEW-VARIABLE" or "CLEAR-VARIABLE" or "REMOVE-VARIABLE" => "assign to the variable by =",
        "GET-VARIABLE" => "read the variable by its name",
        "TEE-OBJECT" => "assign the output to a variable and go on with that",
        "WRITE-ERROR" => "use throw",
        "INVOKE-EXPRESSION" or "INVOKE-COMMAND" => "use a script block and &",
        _ => null,
    };

    internal static bool IsTalking(string name) => Talking.Contains(name);

    internal static bool IsPlain(string name) => Plain.Contains(name);

    internal static bool IsFickle(string name) => Fickle.Contains(name);
}
