using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.Binding;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The variables and functions that a script block takes from its surroundings, as they were when it was recorded: a record holds them as
/// constants.
/// </summary>
internal sealed class CapturedVariables
{
    readonly BlockSource source;
    readonly CapturedVariable[] variables;
    int checkedAt = SessionClock.Now;

    /// <summary>A variable; the latest that was found under its name, and what it held when it was recorded.</summary>
    sealed class CapturedVariable(string name, PSVariable? variable)
    {
        internal string Name => name;

        internal PSVariable? Variable { get; set; } = variable;

        internal object? Value { get; set; } = Numbers.Unwrap(variable?.Value);

        internal Snapshot Contents { get; } = new(variable?.Value);
    }

    internal CapturedVariables(BlockSource source, TraceFlow flow)
    {
        this.source = source;
        VariableExpressionAst[] captured =
        [
            .. source.Scripts.SelectMany(TraceFlow.All<VariableExpressionAst>)
                .Where(variable => flow.IsCaptured(variable) && !TraceFlow.IsAutomatic(variable) && !variable.VariablePath.IsDriveQualified)
                .DistinctBy(variable => variable.VariablePath.UserPath, StringComparer.OrdinalIgnoreCase),
        ];
        variables =
        [
            .. captured.Select(variable => variable.VariablePath.UserPath).Select(name => new CapturedVariable(name, Get(name))),
        ];
        var unknown = Array.FindIndex(variables, variable => variable.Contents.Unknown is not null);
        if (unknown >= 0)
            Obstacle = ($"It uses ${variables[unknown].Name}, which holds {variables[unknown].Contents.Unknown} and may act differently " +
                $"the next time", captured[unknown].Extent);
    }

    /// <summary>Their names.</summary>
    internal IEnumerable<string> Names => variables.Select(variable => variable.Name);

    /// <summary>A variable that is no mere data; null where there is none.</summary>
    internal (string Reason, IScriptExtent Where)? Obstacle { get; }

    /// <summary>
    /// True where a variable, or what is in it, or a function, is another one now. Cheap as long as no code of the user's has run since.
    /// </summary>
    internal bool MayHaveChanged()
    {
        foreach (var variable in variables)
        {
            var now = Numbers.Unwrap(variable.Variable?.Value);
            if (!ReferenceEquals(now, variable.Value) && !(now is ValueType or string && now.Equals(variable.Value))) return true;
        }

        var time = SessionClock.Now;
        if (time == checkedAt) return false;
        if (HaveChanged()) return true;
        checkedAt = time;
        return false;
    }

    /// <summary>True where a variable, a number in a list or hashtable of one, or a function is another one now.</summary>
    internal bool HaveChanged()
    {
        if (Changed() is not null || source.HaveFunctionsChanged()) return true;
        foreach (var variable in variables)
        {
            variable.Variable = Get(variable.Name); // the same value, but maybe the variable of another call
            variable.Value = Numbers.Unwrap(variable.Variable?.Value);
        }

        return false;
    }

    /// <summary>A variable that holds something else now; null where there is none.</summary>
    internal string? Changed() => variables.FirstOrDefault(variable => !variable.Contents.Holds(Get(variable.Name)?.Value))?.Name;

    PSVariable? Get(string name) => source.Session.PSVariable.Get(name);
}
