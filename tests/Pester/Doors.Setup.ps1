# Functions in many forms that the specs of doors hand over.

Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force

function Bowl($x) { ($x[0] - 1) * ($x[0] - 1) + ($x[1] - 2) * ($x[1] - 2) }
filter BowlFilter($x) { ($x[0] - 1) * ($x[0] - 1) + ($x[1] - 2) * ($x[1] - 2) }

filter BowlItem { ($_[0] - 1) * ($_[0] - 1) + ($_[1] - 2) * ($_[1] - 2) }

function BowlInParts($x) {
    begin { $sum = 0.0 }
    process { $sum += ($x[0] - 1) * ($x[0] - 1) }
    end { $sum + [Math]::Pow($x[1] - 2, 2) }
}

$module = New-Module -Name Simulators {
    $script:middle = 1, 2
    function Get-Distance { param([double[]] $x) [Math]::Pow($x[0] - $script:middle[0], 2) + [Math]::Pow($x[1] - $script:middle[1], 2) }
    Export-ModuleMember -Function Get-Distance
}

Add-Type -ReferencedAssemblies ([PhysOpt.Vector].Assembly.Location), System.Runtime -TypeDefinition @'
    namespace Doors
    {
        public static class Simulator
        {
            public static double Distance(double[] x) { return (x[0] - 1) * (x[0] - 1) + (x[1] - 2) * (x[1] - 2); }
            public static double[] Run(double[] x) { return new[] { x[0] + x[1], x[0] * x[1] }; }
            public static double[] Nothing(double[] x) { return null; }
            public static double Two(double speed, double angle) { return (speed - 1) * (speed - 1) + (angle - 2) * (angle - 2); }
            public static double[] Throw(double speed, double angle) { return new[] { speed + angle, speed * angle }; }
            public static string Text(string text) { return text; }
        }

        public class Stuck : PhysOpt.Functions.IMap
        {
            public PhysOpt.Vector Evaluate(PhysOpt.Vector x) { throw new System.InvalidOperationException("the valve is stuck"); }
        }

        public class Scaled : PhysOpt.Functions.IDifferentiableMap
        {
            public PhysOpt.Vector Evaluate(PhysOpt.Vector x) { return new PhysOpt.Vector(x[0] * x[0], 3 * x[1]); }

            public PhysOpt.Matrix Jacobian(PhysOpt.Vector x, PhysOpt.Vector y)
            {
                return new PhysOpt.Matrix(new double[,] { { 2 * x[0], 0 }, { 0, 3 } });
            }

            public PhysOpt.Vector VectorJacobianProduct(PhysOpt.Vector x, PhysOpt.Vector y, PhysOpt.Vector w)
            {
                return new PhysOpt.Vector(2 * x[0] * w[0], 3 * w[1]);
            }
        }
    }
'@
function Rounded($vector) { "$($vector | ForEach-Object { [Math]::Round($_, 4) + 0 })" }
