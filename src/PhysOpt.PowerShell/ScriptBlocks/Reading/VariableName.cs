using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>Variables in a script's text.</summary>
internal static class VariableName
{
    /// <summary>The name without a scope.</summary>
    internal static string Of(VariableExpressionAst variable)
    {
        var path = variable.VariablePath.UserPath;
        return path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>True where a variable belongs to the scope of the call.</summary>
    internal static bool IsLocal(VariableExpressionAst variable) =>
        variable.VariablePath.IsUnqualified || variable.VariablePath.IsLocal || variable.VariablePath.IsPrivate;

    /// <summary>All parts of a script of one kind, those in blocks inside it too.</summary>
    internal static IEnumerable<T> All<T>(Ast script) where T : Ast =>
        script.FindAll(ast => ast is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>True for variables that PowerShell itself sets.</summary>
    internal static bool IsAutomatic(VariableExpressionAst variable) => variable.IsConstantVariable() || Automatic.Contains(Of(variable));

    /// <summary>True for variables that are constant in every scope.</summary>
    internal static bool IsFixed(string name) => Fixed.Contains(name);

    static readonly HashSet<string> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "?", "PID", "HOME", "Host", "PSHOME", "ShellId", "PSVersionTable", "PSEdition", "PSCulture", "PSUICulture",
        "ExecutionContext", "EnabledExperimentalFeatures", "Error", "IsLinux", "IsMacOS", "IsWindows", "IsCoreCLR",
    };

    static readonly HashSet<string> Automatic = new(StringComparer.OrdinalIgnoreCase)
    {
        "_", "PSItem", "args", "input", "this", "true", "false", "null", "ExecutionContext", "PSCmdlet", "MyInvocation", "PSBoundParameters",
        "PSScriptRoot", "PSCommandPath", "PWD", "HOME", "Host", "PSVersionTable", "ErrorActionPreference", "switch", "foreach", "matches",
        "error", "PSCulture", "IsLinux", "IsWindows", "IsMacOS",
    };
}
