/**
 * A Python program that tells, as JSON, of the interpreter that runs it: with the argument `python` what it is and which pip it has, installed or in
 * the wheel that Python brings to install it from; with `pip`, and then what runs it, how that is set up. The latter is read from `pip config list`,
 * which merges files and variables and prints each value as a Python literal.
 */
export const PYTHON_PROBE = `
import json, os, sys
def python():
    try:
        from importlib.metadata import version
        pip, runs = version('pip'), ['-m', 'pip']
    except Exception:
        pip, runs = bundled()
    program = os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable)
    info = sys.version_info
    return {'program': program, 'prefix': os.path.realpath(sys.base_prefix), 'version': list(info[:3]), 'isFinal': info[3] == 'final', 'pip': pip, 'runsPip': runs}
def bundled():
    import glob
    folder = os.path.join(os.path.dirname(os.__file__), 'ensurepip', '_bundled')
    for wheel in glob.glob(os.path.join(folder, 'pip-*.whl')) + glob.glob('/usr/share/python-wheels/pip-*.whl'):
        return os.path.basename(wheel).split('-')[1], [os.path.join(wheel, 'pip')]
    return None, []
def pip():
    import ast, subprocess
    said = subprocess.run([sys.executable, '-I'] + sys.argv[2:] + ['config', 'list'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=15)
    config = {}
    for line in said.stdout.decode('utf-8', 'replace').splitlines():
        name, _, value = line.partition('=')
        try:
            config[name.strip()] = str(ast.literal_eval(value.strip()))
        except (ValueError, SyntaxError):
            pass
    return config
print(json.dumps(python() if sys.argv[1] == 'python' else pip()))
`;
